//! What mirrors, web forms and PDF programs do to the characters of a text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::random::Random;

const TRADITIONAL: &str = "与與两兩个個为為举舉义義习習书書乱亂产產亩畝亲親亿億仅僅从從众眾优優会會伤傷价價传傳体體余餘侧側债債倾傾储儲儿兒\
    兴興养養内內册冊写寫军軍农農况況净淨减減几幾凭憑击擊刘劉则則刚剛创創别別办辦务務动動励勵劳勞势勢区區协協单單卫衛\
    厂廠历歷压壓县縣参參双雙发發变變号號后後员員响響园園围圍国國图圖团團场場块塊坏壞坚堅处處备備复複头頭实實审審对對\
    导導将將层層岁歲岗崗岭嶺岛島帐帳带帶帮幫库庫应應废廢开開张張弥彌归歸当當录錄彻徹总總恶惡悬懸惊驚惩懲愿願战戰户戶\
    执執扩擴扫掃护護报報担擔据據掷擲损損换換搁擱摄攝数數断斷无無时時显顯晓曉暂暫术術机機权權条條来來极極构構标標栏欄\
    树樹样樣档檔检檢业業楼樓槛檻欢歡残殘毕畢汇匯汉漢没沒沟溝泽澤济濟测測浊濁润潤渐漸渔漁温溫湾灣满滿灭滅灵靈点點烟煙\
    热熱爱愛牵牽犹猶独獨环環现現电電画畫畅暢疗療监監盖蓋盘盤着著码碼确確离離种種积積称稱稳穩穷窮窃竊竞競笔筆签簽简簡\
    类類粮糧红紅约約级級纪紀纠糾线線练練组組细細终終经經结結给給络絡统統继繼续續维維综綜缴繳网網罗羅罚罰职職联聯聪聰\
    肃肅节節获獲营營虑慮补補装裝见見观觀规規视視览覽觉覺计計订訂认認议議记記讲講许許论論设設访訪证證评評诉訴诊診词詞\
    试試该該详詳语語误誤说說请請诸諸读讀课課调調谁誰谈談谋謀谐諧贡貢财財责責败敗货貨质質贯貫费費资資赔賠转轉轮輪软軟\
    输輸较較载載辅輔边邊达達迁遷过過运運还還这這进進远遠违違连連迟遲适適选選递遞逻邏遗遺邮郵释釋里裡针針钱錢铁鐵银銀\
    销銷锁鎖错錯镇鎮长長门門问問间間闭閉闻聞阅閱队隊阶階际際陆陸险險随隨难難页頁项項须須预預领領频頻题題额額风風飞飛\
    馆館驻駐验驗鱼魚鲜鮮鸟鳥齐齊龙龍云雲东東涧澗听聽万萬属屬强強讼訟询詢范範关關态態";

const RADICALS: &str = "一⼀二⼆八⼋十⼗人⼈入⼊力⼒口⼝土⼟大⼤女⼥子⼦小⼩山⼭工⼯心⼼手⼿文⽂方⽅无⽆日⽇月⽉止⽌比⽐水⽔火⽕生⽣用⽤田⽥目⽬石⽯立⽴\
    老⽼而⽽自⾃行⾏角⾓里⾥金⾦面⾯音⾳首⾸高⾼黑⿊户⼾民⺠门⻔长⻓见⻅齐⻬风⻛鱼⻥";

/// Prints `( ) : ,` for their full-width forms.
pub(crate) fn half_width(text: &str) -> String {
    let fold = |c| match c {
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '，' => ',',
        _ => c,
    };
    text.chars().map(fold).collect()
}

/// Traditional characters; with `both`, now and then the Simplified one in brackets behind.
pub(crate) fn traditional(text: &str, both: bool, random: &mut Random) -> String {
    static PARTNERS: LazyLock<HashMap<char, char>> = LazyLock::new(|| pairs(TRADITIONAL));
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let folded = PARTNERS.get(&c).copied().unwrap_or(c);
        out.push(folded);
        if both && folded != c && random.chance(4) {
            out.extend(['(', c, ')']);
        }
    }
    out
}

/// Kangxi radicals and their supplement in place of the characters that look like them.
pub(crate) fn radicals(text: &str) -> String {
    static PARTNERS: LazyLock<HashMap<char, char>> = LazyLock::new(|| pairs(RADICALS));
    text.chars().map(|c| PARTNERS.get(&c).copied().unwrap_or(c)).collect()
}

/// The partners of a list of pairs.
fn pairs(list: &str) -> HashMap<char, char> {
    let chars: Vec<char> = list.chars().collect();
    chars.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Leaves out every line that was there before, as a crawler does that takes repeated lines for page furniture.
pub(crate) fn drop_seen_lines(text: &str) -> String {
    let mut seen = HashSet::new();
    let kept = text.lines().filter(|line| !line.trim().is_empty() && seen.insert(line.trim()));
    kept.flat_map(|line| [line, "\n"]).collect()
}
