//! Combines groups until every broken sum of a component is mended: an exact cover of the broken sums.

use super::net::Net;
use super::rank::Key;
use super::search::{Extent, Group, Mask, Search};
use super::{Change, Cluster, MOST_CELLS, Repair, System};

/// Repairs as a product: one group out of each list.
type Product = Vec<Vec<Group>>;

/// The smallest repairs of the component whose broken sums are at the positions `cluster`.
pub(super) fn mend(
    net: &Net<'_>,
    system: &System<'_>,
    cluster: Vec<usize>,
    limit: usize,
) -> Cluster {
    let mut search = Search::new(net, &cluster);
    let all = cluster.iter().fold(0, |mask, position| mask | 1 << position);
    for size in 1..=MOST_CELLS {
        let products = cover(&mut search, all, size);
        // If the search was cut off, a larger size might give sets that are not the smallest.
        if !products.is_empty() || !search.complete() {
            let count = products
                .iter()
                .map(|it| it.iter().map(Vec::len).fold(1, usize::saturating_mul))
                .fold(0, usize::saturating_add);
            return Cluster {
                broken: cluster,
                best: best(net, system, &products, limit),
                count,
                complete: search.complete(),
            };
        }
    }
    Cluster { broken: cluster, complete: true, ..Cluster::default() }
}

/// All ways to mend `remaining` with exactly `size` cells, each once: the smallest remaining sum belongs to one group, the rest to others.
/// Groups of one product share no sum, because at most one of them has two cells or more and only such a one touches sums that hold.
fn cover(search: &mut Search<'_>, remaining: Mask, size: usize) -> Vec<Product> {
    let mut products = Vec::new();
    let whole = search.groups(remaining, size, Extent::All);
    if !whole.is_empty() {
        products.push(vec![whole]);
    }
    for first in 1..size {
        for (block, groups) in by_block(search.groups(remaining, first, Extent::Any)) {
            let rest = if block == remaining {
                Vec::new()
            } else {
                cover(search, remaining & !block, size - first)
            };
            products.extend(rest.into_iter().map(|mut product| {
                product.push(groups.clone());
                product
            }));
        }
    }
    products
}

fn by_block(mut groups: Vec<Group>) -> Vec<(Mask, Vec<Group>)> {
    groups.sort_by_key(|group| group.block);
    groups
        .chunk_by(|a, b| a.block == b.block)
        .map(|chunk| (chunk[0].block, chunk.to_vec()))
        .collect()
}

/// Changes with their rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked {
    key: Key,
    /// Ascending by cell; unused slots sort last.
    changes: [(u32, i128); MOST_CELLS],
}

const UNUSED: (u32, i128) = (u32::MAX, 0);

/// The best repairs of all products. Ranks keep their order when the same change is added to both, so the best of a product are made of the
/// best of its lists.
fn best(net: &Net<'_>, system: &System<'_>, products: &[Product], limit: usize) -> Vec<Repair> {
    let mut ranked = Vec::new();
    for product in products {
        let mut lists = product.iter().map(|list| {
            cut(list.iter().filter_map(|group| rank(net, system, group)).collect(), limit)
        });
        let mut partial = lists.next().unwrap_or_default();
        for list in lists {
            partial = cut(
                partial.iter().flat_map(|one| list.iter().map(|other| one.and(other))).collect(),
                limit,
            );
        }
        ranked.append(&mut partial);
    }
    cut(ranked, limit).iter().map(|it| to_repair(net, it)).collect()
}

fn cut(mut ranked: Vec<Ranked>, limit: usize) -> Vec<Ranked> {
    if limit < ranked.len() {
        ranked.select_nth_unstable(limit);
        ranked.truncate(limit);
    }
    ranked.sort_unstable();
    ranked
}

fn rank(net: &Net<'_>, system: &System<'_>, group: &Group) -> Option<Ranked> {
    let mut changes = [UNUSED; MOST_CELLS];
    for (slot, change) in changes.iter_mut().zip(group.changes()) {
        *slot = change;
    }
    changes.sort_unstable();
    let key =
        group.changes().map(|(cell, delta)| Key::new(net, system, cell, delta)).reduce(Key::and)?;
    Some(Ranked { key, changes })
}

impl Ranked {
    fn and(&self, other: &Self) -> Self {
        let mut changes = self.changes;
        let used = other.changes.iter().filter(|it| **it != UNUSED);
        for (slot, change) in changes.iter_mut().filter(|it| **it == UNUSED).zip(used) {
            *slot = *change;
        }
        changes.sort_unstable();
        Self { key: self.key.and(other.key), changes }
    }
}

fn to_repair(net: &Net<'_>, ranked: &Ranked) -> Repair {
    let decimal = |value| net.decimal(value).unwrap_or_default();
    let changes = ranked.changes.iter().filter(|it| **it != UNUSED).map(|&(cell, delta)| {
        let from = net.value(cell);
        Change { cell: cell as usize, from: decimal(from), to: decimal(from + delta) }
    });
    Repair { changes: changes.collect() }
}
