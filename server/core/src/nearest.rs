//! The valid name that a wrong one was probably meant to be, for messages.

/// Most names that a message lists when none of them is near.
const FEW: usize = 12;

/// The valid name nearest to `wrong`, unless more than half of its characters would have to change.
pub fn nearest<'n>(wrong: &str, valid: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let distances = valid.into_iter().map(|name| (strsim::damerau_levenshtein(wrong, name), name));
    let (distance, name) = distances.min()?;
    (distance <= name.chars().count().div_ceil(2)).then_some(name)
}

/// `；最接近的是“…”` if a valid name is near `wrong`, else the valid names themselves if they are few, else nothing.
pub fn suggest<'n>(wrong: &str, valid: impl IntoIterator<Item = &'n str>) -> String {
    let valid: Vec<&str> = valid.into_iter().collect();
    match nearest(wrong, valid.iter().copied()) {
        Some(name) => format!("；最接近的是“{name}”"),
        None if (1..=FEW).contains(&valid.len()) => format!("；可用的有：{}", valid.join("、")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_suggested_and_else_the_few_there_are() {
        assert_eq!(suggest("fail_on", ["select", "fail-on"]), "；最接近的是“fail-on”");
        assert_eq!(suggest("zzzzzz", ["text", "also"]), "；可用的有：text、also");
        assert_eq!(suggest("zzzzzz", ["ab"; FEW + 1]), "");
        assert_eq!(suggest("text", []), "");
    }
}
