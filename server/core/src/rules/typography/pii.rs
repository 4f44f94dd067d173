use crate::rules::{
    Applicability, DIGITS, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink,
};
use crate::text::behind_last;

rule! {
    /// 疑似手机号码。
    ///
    /// ## 查什么
    ///
    /// 正文里独立的11位手机号码。网址、邮箱、更长的编号、座机号码和单位对外公布的值班、咨询、监督等电话不查。
    ///
    /// ## 为什么
    ///
    /// 公开的报告不应带出个人信息；确需公布联系方式的，用办公电话。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 联系人手机：13900001234。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 联系电话：0315-1234567。
    /// ```
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 联系人手机：139****1234。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：是不是可以公布的办公号码，由编写人判断。
    ///
    /// ## 依据
    ///
    /// 《中华人民共和国个人信息保护法》。
    pub(in crate::rules) static PII_MOBILE = {
        id: "pii-mobile",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(DIGITS, mobile),
    };
}

rule! {
    /// 疑似身份证号码。
    ///
    /// ## 查什么
    ///
    /// 正文里18位、出生日期和校验码都对得上的号码。
    ///
    /// ## 为什么
    ///
    /// 身份证号码属于敏感个人信息，公开前必须去掉。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 申请人身份证号11010519491231002X。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 申请人身份证号110105********002X。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：请编写人确认后隐去，或者删去整句。
    ///
    /// ## 依据
    ///
    /// 《中华人民共和国个人信息保护法》；校验方法见《公民身份号码》（GB 11643）。
    pub(in crate::rules) static PII_ID = {
        id: "pii-id",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(DIGITS, identity),
    };
}

const MOBILE: usize = 11;
const IDENTITY: usize = 18;

fn mobile(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    for run in runs(cx.text, MOBILE) {
        if !run.starts_with('1')
            || run.as_bytes()[1] < b'3'
            || !run.bytes().all(|b| b.is_ascii_digit())
            || is_of_an_office(cx, run)
        {
            continue;
        }
        let masked = format!("{}****{}", &run[..3], &run[7..]);
        say(cx, sink, run, "手机号码", &masked);
    }
}

/// 值班电话13900001234 is meant to be known.
fn is_of_an_office(cx: &LineCx<'_>, run: &str) -> bool {
    let before = &cx.text[..run.as_ptr() as usize - cx.text.as_ptr() as usize];
    let clause = behind_last(before, &['。', '；', '，', ',', ';']);
    let words = &cx.settings.engine().dictionary().office_lines;
    words.iter().any(|word| clause.contains(word.as_str()))
}

fn identity(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    for run in runs(cx.text, IDENTITY).filter(|run| is_identity(run.as_bytes())) {
        let masked = format!("{}********{}", &run[..6], &run[14..]);
        say(cx, sink, run, "身份证号码", &masked);
    }
}

fn say(cx: &LineCx<'_>, sink: &mut Sink<'_>, run: &str, what: &str, masked: &str) {
    let at = run.as_ptr() as usize - cx.text.as_ptr() as usize;
    let place = cx.place(at..at + run.len());
    // The message goes into logs and pages of others, so it doesn't repeat the number.
    let finding = Finding::new(place, format!("疑似{what}，公开前请隐去或删去"));
    let edit = Edit::new(place, masked);
    sink.push(finding.fix(format!("改为“{masked}”"), Applicability::Choice, vec![edit]));
}

/// Runs of exactly `len` characters of a number that no letter, digit or sign of an address touches.
fn runs(line: &str, len: usize) -> impl Iterator<Item = &str> {
    let bytes = line.as_bytes();
    let mut from = 0;
    // A run holds every `len`th byte of itself, so that most of a line need not be looked at.
    let pieces = std::iter::from_fn(move || {
        loop {
            let probe = from + len - 1;
            if !bytes.get(probe)?.is_ascii_alphanumeric() {
                from = probe + 1;
                continue;
            }
            let is_part = |b: &u8| b.is_ascii_alphanumeric();
            let start = probe - bytes[from..probe].iter().rev().take_while(|b| is_part(b)).count();
            from = probe + bytes[probe..].iter().take_while(|b| is_part(b)).count();
            if from - start == len {
                return Some(&line[start..from]);
            }
        }
    });
    pieces.filter(move |piece| {
        let at = piece.as_ptr() as usize - line.as_ptr() as usize;
        let of_address = |c: char| "-_/=@.?&%#~+".contains(c);
        !line[..at].ends_with(of_address)
            && !line[at + len..].starts_with(['-', '_', '/', '=', '@', '&', '%'])
    })
}

/// Seventeen digits with a date of birth, and the right check character.
fn is_identity(run: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let (Some(digits), Some(last)) = (run.get(..17), run.get(17)) else { return false };
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = |from: usize, to: usize| {
        digits[from..to].iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0'))
    };
    let born = (1900..2100).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14));
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    born && CHECKS[(sum % 11) as usize] == last.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULES: [&str; 2] = ["pii-mobile", "pii-id"];
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn numbers_of_persons_are_shown_and_masked() {
        let text =
            format!("{HEAD}手机⟦pii-mobile: 13900001234⟧，证号⟦pii-id: 11010519491231002X⟧。\n");
        assert_findings(&text, &RULES);
        let text = format!("{HEAD}咨询电话0315-1234567，联系人⟦pii-mobile: 13900001234⟧。\n");
        assert_findings(&text, &RULES);
        let text = format!("{HEAD}手机13900001234。\n");
        assert!(apply_fix(&text, RULES[0], 0).contains("手机139****1234。"));
        let text = format!("{HEAD}证号11010519491231002X。\n");
        assert!(apply_fix(&text, RULES[1], 0).contains("证号110105********002X。"));
    }

    #[test]
    fn other_long_numbers_stay() {
        for line in [
            "电话0315-1234567，区号86-13900001234",
            "网址https://a.gov.cn/13900001234.html?id=13900001234",
            "编号20240118093000，统一代码911101051949123100",
            "邮箱13900001234@example.com，文件a13900001234",
            "证号110105194912310021",
            "值班电话：13900001234，监督电话（全天）13900001234。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &RULES);
        }
    }
}
