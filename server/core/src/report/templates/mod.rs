//! Templates: parts that were read before. The reports of a folder are often copies of one page with other figures, whose lines need not be cut and whose
//! tables need not be bound again. Templates save time and never change a result.

mod template;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use super::bind;
use super::model::BoundTable;
use crate::syntax::{Cut, State};
pub(crate) use template::Template;

/// A part with more cells or bytes than that of any report is not kept.
const MOST_CELLS: usize = 2_000;
const MOST_BYTES: usize = 1 << 16;
/// Templates of a kind: one for each page that a folder mixes.
const OF_A_KIND: usize = 4;
/// Templates altogether, the oldest forgotten first.
const MOST: usize = 32;
/// Kinds remembered, the oldest forgotten first.
const MOST_KINDS: usize = 64;
/// Of a kind that differs from part to part so many are passed over between two that are kept, which takes time.
const PASSED: usize = 8;

/// The parts with tables that were read last, by the text around their figures.
#[derive(Default)]
pub(crate) struct Templates {
    kept: RwLock<Kept>,
}

/// The templates, held while a text is cut.
pub(crate) struct Held<'t>(RwLockReadGuard<'t, Kept>);

#[derive(Default)]
struct Kept {
    templates: Vec<Arc<Template>>,
    /// What has been bound anew, and how often: a part is kept when a second one looks like it.
    kinds: Vec<(Kind, usize)>,
}

/// What two parts with the same tables have in common, to tell most others at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    family: usize,
    form: usize,
    section: Option<usize>,
    from_line: usize,
    entry: State,
    lines: usize,
    cells: usize,
}

impl Templates {
    /// Holds the templates.
    pub(crate) fn hold(&self) -> Held<'_> {
        Held(self.kept.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The tables of a part. `of` is the template that all its lines were taken from.
    pub(super) fn bind(&self, source: &bind::Source<'_>, of: Option<&Template>) -> Vec<BoundTable> {
        if source.cut.cells.len() > MOST_CELLS || source.text.len() > MOST_BYTES {
            return bind::bind(source);
        }
        let kind = Kind::of(source);
        let known = || {
            let kept = self.hold().0;
            let mut alike = kept.templates.iter().rev().filter(|template| template.kind == kind);
            alike.find(|template| template.is_like(source))?.tables(source)
        };
        let of = of.filter(|template| template.kind == kind);
        if let Some(tables) = of.map_or_else(known, |template| template.tables(source)) {
            debug_assert_eq!(tables, bind::bind(source));
            return tables;
        }
        let tables = bind::bind(source);
        if !tables.is_empty() {
            self.note(kind, source, &tables);
        }
        tables
    }

    fn note(&self, kind: Kind, source: &bind::Source<'_>, tables: &[BoundTable]) {
        // Nobody waits for a long text that is just being cut.
        let Ok(mut kept) = self.kept.try_write() else { return };
        let Some((_, count)) = kept.kinds.iter_mut().find(|(own, _)| *own == kind) else {
            keep(&mut kept.kinds, (kind, 1), MOST_KINDS);
            return;
        };
        *count += 1;
        if *count > 1 + OF_A_KIND && *count % PASSED > 0 {
            return;
        }
        let alike = |template: &Arc<Template>| template.kind == kind;
        if kept.templates.iter().filter(|template| alike(template)).count() == OF_A_KIND {
            let oldest = kept.templates.iter().position(alike);
            oldest.map(|oldest| kept.templates.remove(oldest));
        }
        keep(&mut kept.templates, Arc::new(Template::new(kind, source, tables)), MOST);
    }
}

impl Held<'_> {
    /// The template that `rest` begins with, figures aside; its lines are then added to `cut`. `rest` begins a line outside of any markup.
    pub(crate) fn cut(&self, rest: &str, cut: &mut Cut) -> Option<(&Arc<Template>, usize)> {
        let templates = &self.0.templates;
        templates.iter().rev().find_map(|template| Some((template, template.cut(rest, cut)?)))
    }
}

impl Kind {
    fn of(source: &bind::Source<'_>) -> Self {
        Self {
            family: source.family,
            form: source.form,
            section: source.section,
            from_line: source.from_line,
            entry: source.cut.entry,
            lines: source.cut.lines.len(),
            cells: source.cut.cells.len(),
        }
    }
}

/// Adds to the end, and drops the first when there are more than `most`.
fn keep<T>(list: &mut Vec<T>, new: T, most: usize) {
    if list.len() == most {
        list.remove(0);
    }
    list.push(new);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, Settings};
    use crate::form;
    use crate::snapshot::Snapshot;

    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n";
    const TABLE: &str = "二、主动公开政府信息情况
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t3\t1\t25
行政许可\t1268\t\t
行政处罚\t30\t\t
行政强制\t2\t\t
行政事业性收费\t12.5\t\t
";
    const REST: &str = "四、政府信息公开行政复议、行政诉讼情况\n";

    fn engine() -> Arc<Engine> {
        let Ok(engine) = Engine::new(form::builtin()) else { panic!("the forms are right") };
        Arc::new(engine)
    }

    fn read(engine: &Arc<Engine>, text: &str) -> Snapshot {
        Snapshot::new(text, Arc::new(Settings::new(engine.clone())))
    }

    /// An engine that has read two reports with `table`.
    fn warm(table: &str) -> Arc<Engine> {
        let engine = engine();
        for _ in 0..2 {
            read(&engine, &format!("{HEAD}{table}{REST}"));
        }
        engine
    }

    #[test]
    fn a_part_like_two_before_is_not_cut_again() {
        let engine = warm(TABLE);
        let held = engine.templates().hold();
        let mut cut = Cut::default();
        let others = TABLE.replace("1268", "7").replace("\t25", "\t109");
        let known = held.cut(&format!("{others}{REST}"), &mut cut);
        assert_eq!(known.map(|(_, len)| len), Some(others.len()));
        assert_eq!(cut, Cut::new(&others, State::default()));
        for other in ["第1268号", "1,268", "1268.5", "", "1268件", "1234567890123"] {
            let known = held.cut(&TABLE.replace("1268", other), &mut Cut::default());
            assert!(known.is_none(), "{other}");
        }
    }

    #[test]
    fn what_is_read_does_not_depend_on_what_was_read_before() {
        let commas = TABLE.replace('\t', ",");
        let bare = TABLE.replace('\t', "\n");
        let spaced = TABLE.replace('\t', "  ");
        let pipes = TABLE.replace('\t', " | ").replace('\n', " |\n");
        let html = TABLE.replace('\t', "</td><td>").replace('\n', "</td></tr>\n<tr><td>");
        for table in [TABLE, &commas, &bare, &spaced, &pipes, &html] {
            let engine = warm(table);
            for (old, new) in [
                ("1268", "7"),
                ("1268", "1,268"),
                ("1268", "1268件"),
                ("1268", ""),
                ("1268", "12 68"),
                ("1268", "一二"),
                ("3", "25"),
                ("25", "003"),
                ("12.5", "0"),
                ("12.5", "9000.25"),
                ("许可", "许 可"),
                ("\n", "\r\n"),
                ("行政强制", "2024"),
                ("规章", "1268"),
                ("0", "1"),
            ] {
                let text = format!("{HEAD}{}{REST}", table.replace(old, new));
                let (known, fresh) = (read(&engine, &text), read(&self::engine(), &text));
                let parts = |snapshot: &Snapshot| {
                    snapshot.reports().flat_map(|it| it.report.parts.clone()).collect::<Vec<_>>()
                };
                let found = |snapshot: &Snapshot| {
                    snapshot.findings().map(|it| it.finding.clone()).collect::<Vec<_>>()
                };
                assert_eq!(parts(&known), parts(&fresh), "{text}");
                assert_eq!(found(&known), found(&fresh), "{text}");
            }
        }
    }
}
