//! Paths with wildcards, as `.gitignore` reads them: without a slash a name in any folder; a folder means all below it.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::{Origin, Pattern, Problem};

/// A compiled [`Pattern`].
pub(super) struct Matcher {
    base: std::path::PathBuf,
    set: GlobSet,
}

impl Pattern {
    pub(super) fn matcher(&self) -> Result<Matcher, globset::Error> {
        let glob = self.glob.strip_prefix("./").unwrap_or(&self.glob);
        let bare = glob.trim_end_matches('/');
        let anywhere = if bare.contains('/') { "" } else { "**/" };
        let bare = bare.trim_start_matches('/');
        let mut set = GlobSetBuilder::new();
        for glob in [format!("{anywhere}{bare}"), format!("{anywhere}{bare}/**")] {
            set.add(GlobBuilder::new(&glob).literal_separator(true).build()?);
        }
        Ok(Matcher { base: self.base.clone(), set: set.build()? })
    }

    /// Whether the pattern is a plain path.
    pub(super) fn is_literal(&self) -> bool {
        !self.glob.contains(['*', '?', '[', '{'])
    }
}

impl Matcher {
    /// Whether the pattern means `path`, which is absolute.
    pub(super) fn is_match(&self, path: &Path) -> bool {
        self.set.is_match(path.strip_prefix(&self.base).unwrap_or(path))
    }
}

/// What to say about a pattern that does not compile.
pub(super) fn problem(pattern: &Pattern, origin: &Origin, error: &globset::Error) -> Problem {
    let message = format!(
        "路径“{}”的通配符不对（{}）：请检查方括号和花括号是否成对",
        pattern.glob,
        error.kind()
    );
    Problem::new(origin, message)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_what_gitignore_would() {
        for (glob, path, expected) in [
            ("a.txt", "a.txt", true),
            ("a.txt", "old/a.txt", true),
            ("/a.txt", "old/a.txt", false),
            ("./old/a.txt", "old/a.txt", true),
            ("old/*.txt", "old/a.txt", true),
            ("old/*.txt", "old/2019/a.txt", false),
            ("old/**/*.txt", "old/2019/a.txt", true),
            ("old/", "old/2019/a.txt", true),
            ("old", "older/a.txt", false),
            ("*.{md,txt}", "x/a.md", true),
            ("20[12]9", "x/2019/a.md", true),
        ] {
            let pattern = Pattern { base: "/base".into(), glob: glob.to_owned() };
            assert_eq!(
                pattern.matcher().unwrap().is_match(&Path::new("/base").join(path)),
                expected,
                "{glob} {path}"
            );
        }
    }
}
