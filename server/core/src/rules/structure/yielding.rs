//! Two rules that one cause breaks: one of them leaves it to the other, where that one is on.

use crate::form::{Form, RuleSpec};
use crate::rules::ReportCx;
use crate::rules::plausibility::params;

/// The rule at `leaves_to`.
pub(super) struct Other(String);

impl Other {
    /// Reads the key, which may be missing.
    pub(super) fn read(spec: &RuleSpec, form: &Form) -> Result<Option<Self>, String> {
        if !spec.params.contains_key("leaves_to") {
            return Ok(None);
        }
        let id = params::text(&spec.params, "leaves_to")?;
        let is_known = form.rules.iter().any(|rule| rule.id == id);
        if is_known { Ok(Some(Self(id))) } else { Err(format!("没有名为“{id}”的规则")) }
    }

    /// Whether it says what it finds.
    pub(super) fn is_on(&self, cx: &ReportCx<'_>) -> bool {
        let rule = cx.settings.engine().registry().find(&self.0);
        rule.is_some_and(|it| cx.settings.severity(it).is_some())
    }
}
