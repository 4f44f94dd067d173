//! Puts groups together until every broken sum of a component is mended.

use super::net::Net;
use super::rank::Key;
use super::search::{Group, Mask, Search};
use super::{Change, Cluster, MOST_CELLS, Repair, System};

/// Repairs as a product: one group out of each list.
type Product = Vec<Vec<Group>>;

/// The smallest repairs of the component whose broken sums are at the positions `cluster`.
pub(super) fn mend(net: &Net, system: &System<'_>, cluster: Vec<usize>, limit: usize) -> Cluster {
    let mut search = Search::new(net, &cluster);
    let all = cluster.iter().fold(0, |mask, position| mask | 1 << position);
    for size in 1..=MOST_CELLS {
        let products = cover(&mut search, all, size);
        // After a cut a larger size could yield sets that are not smallest.
        if !products.is_empty() || !search.complete() {
            let count = products
                .iter()
                .map(|it| it.iter().map(Vec::len).fold(1, usize::saturating_mul))
                .fold(0, usize::saturating_add);
            return Cluster {
                broken: cluster,
                best: best(net, system, products, limit),
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
    let whole = search.groups(remaining, size, true);
    if !whole.is_empty() {
        products.push(vec![whole]);
    }
    for first in 1..size {
        for (block, groups) in by_block(search.groups(remaining, first, false)) {
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

/// The best repairs of all products. The order of rank is kept by adding the same group to both sides, so the best of a product lie among
/// the best of its lists.
fn best(net: &Net, system: &System<'_>, products: Vec<Product>, limit: usize) -> Vec<Repair> {
    let mut ranked: Vec<(Key, Vec<(u32, i128)>)> = Vec::new();
    for product in products {
        let mut partial = vec![(Key::default(), Vec::new())];
        for list in product {
            let grown = partial.iter().flat_map(|(key, changes): &(Key, Vec<_>)| {
                list.iter().map(move |group| {
                    let mut changes = changes.clone();
                    changes.extend(group.changes());
                    (
                        group
                            .changes()
                            .fold(*key, |key, (cell, delta)| key.with(net, system, cell, delta)),
                        changes,
                    )
                })
            });
            partial = grown.collect();
            cut(&mut partial, limit);
        }
        ranked.append(&mut partial);
    }
    cut(&mut ranked, limit);
    ranked.into_iter().map(|(_, changes)| to_repair(net, &changes)).collect()
}

fn cut(ranked: &mut Vec<(Key, Vec<(u32, i128)>)>, limit: usize) {
    for (_, changes) in ranked.iter_mut() {
        changes.sort_unstable();
    }
    ranked.sort_unstable();
    ranked.truncate(limit);
}

fn to_repair(net: &Net, changes: &[(u32, i128)]) -> Repair {
    let decimal = |value| net.decimal(value).unwrap_or_default();
    let changes = changes.iter().map(|&(cell, delta)| {
        let from = net.value(cell);
        Change { cell: cell as usize, from: decimal(from), to: decimal(from + delta) }
    });
    Repair { changes: changes.collect() }
}
