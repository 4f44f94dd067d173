//! Claims of one clause.

use super::*;
use crate::dictionary::Dictionary;

fn stated(words: &str) -> Vec<String> {
    let claim = Claim {
        before: vec!["新收".into(), "收到".into()],
        object: vec!["信息公开申请".into()],
        unit: vec!["件".into()],
        not: vec!["复议".into()],
        ..Claim::default()
    };
    let form = Form { claims: vec![claim], ..Form::default() };
    let hedges = &Dictionary::builtin().hedges;
    let whole = [TextRange::new(0, words.len())];
    let found = claims(&form, &Cues::new(&form, hedges), (words, &whole, &[]), "");
    found
        .iter()
        .map(|claim| {
            format!(
                "{}={}{}",
                &words[claim.range.to_range()],
                claim.value,
                if claim.hedged { "~" } else { "" }
            )
        })
        .collect()
}

#[test]
fn a_claim_needs_every_cue_in_one_clause() {
    assert_eq!(
        stated("全年收到公民、法人和其他组织政府信息公开申请6件，上年结转0件"),
        ["收到公民、法人和其他组织政府信息公开申请6件=6"]
    );
    assert_eq!(stated("收到2024年政府信息公开申请 12 件"), ["收到2024年政府信息公开申请 12 件=12"]);
    for hedged in ["近30余件", "超过30件", "约 30 件", "30多件"] {
        let words = format!("收到政府信息公开申请{hedged}");
        assert_eq!(stated(&words), [format!("{words}=30~")]);
    }
    assert_eq!(stated("收到政府信息公开申请30件左右"), ["收到政府信息公开申请30件=30~"]);
    for number in ["1 024", "1,024", "1，024"] {
        let words = format!("收到政府信息公开申请{number}件，办结3件");
        assert_eq!(stated(&words), [format!("收到政府信息公开申请{number}件=1024")]);
    }
    assert_eq!(stated("收到政府信息公开申请1.2 万件"), ["收到政府信息公开申请1.2 万件=1.2"]);
    for hedged in ["3万余件", "3余万件", "3 万多件"] {
        let words = format!("收到政府信息公开申请{hedged}");
        assert_eq!(stated(&words), [format!("{words}=3~")]);
    }
    assert!(stated("收到政府信息公开申请人3万元").is_empty());
    assert!(stated("收到行政复议申请4件，政府信息公开申请").is_empty());
    assert!(stated("收到来信，政府信息公开申请6件").is_empty());
    assert!(stated("未收到政府信息公开申请。").is_empty());
}
