"""Reports of one incident find each other; another place or person keeps them apart; swarms are noticed in time."""

import time
from pathlib import Path

import pytest

from binhyen.language import report_matching, report_training
from binhyen.language.duplicates_evaluation import evaluate_duplicates
from binhyen.language.evaluation_rows import RowError
from binhyen.language.report_evidence import AGAINST, FOR
from binhyen.language.report_matching import SUGGEST_FROM, alike, read_report
from binhyen.language.swarms import SwarmWatch
from binhyen.language.swarms_evaluation import evaluate_swarms
from binhyen.language.training_rows import data_folder

GIVEN = data_folder() / "language" / "duplicate_reports.jsonl"
OWN = Path(__file__).parent / "reports"
INCIDENTS = data_folder() / "language" / "incidents"
HARD = data_folder() / "language" / "duplicate_hard_negatives.jsonl"


def suggested(first: str, second: str, minutes: float | None = None) -> bool:
    return alike(read_report(first), read_report(second), minutes) >= SUGGEST_FROM


def test_the_packaged_pairs_meet_the_bars() -> None:
    figures = evaluate_duplicates(GIVEN, HARD)
    assert figures["average_precision"] >= 0.96
    assert figures["hit_at_3"] >= figures["hit_at_1"] >= 0.95
    assert figures["hard_pairs_suggested"] <= 2
    assert (figures["pairs"], figures["hard_pairs"], figures["same_pairs"]) == (54, 12, 0)


def test_the_weights_are_those_the_data_teach() -> None:
    """Nobody turns a weight by hand; rarity is counted over messages that grow, so the digits move a little."""
    learnt = report_training.learn()
    for times, weights in report_matching.learnt().items():
        assert learnt[times] == pytest.approx(weights, abs=0.3)


def test_what_speaks_for_one_event_never_weighs_against_it() -> None:
    for weights in report_matching.learnt().values():
        assert all(weights.get(name, 0.0) >= 0 for name in FOR)
        assert all(weights.get(name, 0.0) <= 0 for name in AGAINST)


@pytest.mark.parametrize(("name", "bar"), [("everyday", 0.68), ("many_words", 0.96), ("dialect", 0.96)])
def test_the_sets_the_weights_are_learnt_from(name: str, bar: float) -> None:
    """The first holds reports without one word in common with their partners; no bar is met by chance."""
    assert evaluate_duplicates(INCIDENTS / f"{name}.jsonl")["average_precision"] >= bar


def test_pairs_that_differ_in_one_name_or_number_are_mostly_left_alone() -> None:
    figures = evaluate_duplicates([], INCIDENTS / "pairs.jsonl")
    assert figures["hard_pairs_suggested"] <= figures["hard_pairs"] / 6
    assert figures["same_pairs_suggested"] >= 0.85 * figures["same_pairs"]
    assert (figures["hard_pairs"], figures["same_pairs"]) == (169, 93)


def test_many_small_matters_at_one_place_within_minutes_alert_nobody() -> None:
    assert evaluate_swarms(OWN / "crowded_places.jsonl") == {"swarms": [], "false_alerts": 0}


def test_incidents_told_in_several_ways_are_noticed_among_other_messages() -> None:
    figures = evaluate_swarms(OWN / "five_incidents.jsonl")
    assert figures["false_alerts"] == 0
    assert [swarm["incident"] for swarm in figures["swarms"]][:4] == ["P", "Q", "R", "S"]
    assert all(swarm["delay_s"] <= 10 for swarm in figures["swarms"])


def test_a_bad_evening_of_single_events_alerts_nobody() -> None:
    assert evaluate_swarms(OWN / "quiet_evening.jsonl") == {"swarms": [], "false_alerts": 0}


def test_three_incidents_in_that_evening_are_noticed_within_ten_seconds() -> None:
    figures = evaluate_swarms(OWN / "three_incidents.jsonl")
    assert figures["false_alerts"] == 0
    assert [swarm["incident"] for swarm in figures["swarms"]] == ["flood", "robbery", "child"]
    assert all(swarm["delay_s"] <= 10 for swarm in figures["swarms"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Cháy kho ve chai ở xóm Mới, khói đen kịt", "kho ve chai xom moi chay roi, khoi den"),
        ("Ông Lành ấp 3 chửi bới đánh con", "ap 3 ong lanh lai danh con"),
        ("ĐÁNH NHAU Ở CHỢ CHIỀU, CÓ DAO", "may thang danh nhau o cho chieu cam dao"),
        ("Karaoke ồn ở đường Trần Hưng Đạo", "karaoke duong tran hung dao on qua"),
        ("Đổ rác trộm ở bờ kênh N2", "bo kenh n2 lai co xe do rac trom"),
        ("Đường liên thôn 7-8 bị xe ben làm bẩn", "xe ben lam do dat duong thon 8"),
        ("Xe container lật ở cây xăng 19", "cong-te-no lat o cay xang so 19"),
        ("Cây số 14 sạt lở đèo", "sat lo deo km14"),
        ("Cháy rừng thôn Nậm Lành trên", "thon nam lanh tren chay rung"),
        ("Cầu Đá có tai nạn nặng, kẹt xe dài", "tai nan o cau da, can xe cap cuu gap"),
        ("Tầng 2 chung cư Hồng Hà cháy", "chay chung cu hong ha, toi ket tren tang 9"),
        ("Hai xe 47A-111.22 và 48C-333.44 tông nhau ở cầu Đỏ", "xe 48C-333.44 tong nhau voi xe khac o cau Đỏ"),
        ("Xe 48C-333.41 tông người ở cầu Đỏ", "xe 48C-333.4l tong nguoi o cau Đỏ"),
    ],
)
def test_one_incident_in_other_words_is_suggested(first: str, second: str) -> None:
    assert suggested(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Trộm xe ở tổ 4 tối qua", "trom xe o to 14 toi qua"),
        ("Ông Lành đánh con, nhờ công an", "Ông Bảy đánh con, nhờ công an"),
        ("Karaoke Ánh Trăng ồn tới khuya", "karaoke Sông Quê ồn tới khuya"),
        ("Cháy ở hẻm 12 nhà số 5", "cháy ở hẻm 12 nhà số 9"),
        ("Bé trai áo đỏ đi lạc ở hội chợ", "Bé gái áo vàng đi lạc ở hội chợ"),
        ("Mất xe Wave xanh", "Mất xe SH trắng"),
        ("Đổ rác trộm ở bờ kênh N2", "đổ rác trộm ở bờ kênh N5"),
        ("Mất xe ở chung cư CT3", "mat xe o chung cu CT5"),
        ("Karaoke ồn ở đường Trần Phú", "Karaoke ồn ở đường Trần Hưng Đạo"),
        ("Chó dại cắn người ở ấp Phú Hòa", "Chó dại cắn người ở ấp Phú Lợi"),
        ("Mất xe Wave biển 47-112.34 ở tổ 2", "mất xe Wave biển 47-998.01 ở tổ 2"),
        ("Ngập nhà dân bờ Nam sông Trà", "ngap nha dan bo Bac song Tra"),
        ("Trộm dây điện ở trạm bơm số 2", "trom day dien o tram bom so 5"),
        ("Lừa đảo qua số 0912345678", "lua dao qua so 0987 001 122"),
        ("Cột điện trước trạm y tế nghiêng", "cột điện trước trường mẫu giáo nghiêng"),
        ("Nhặt được CCCD tên Phạm Thị Lụa", "nhat duoc cccd ten Ngo Van Hung"),
        ("Cụ ông áo lính đi lạc ở bến xe", "cụ bà áo hoa đi lạc ở bến xe"),
        ("Trộm gà ở ấp Rạch Dừa trong", "trom ga o ap rach dua ngoai"),
        ("Đánh bạc ở buôn Ea A", "danh bac o buon ea b"),
        ("Có tiếng nổ ở xóm Bắc", "co tieng no o xom nam"),
        ("Rác đổ trộm gần cột mốc 105", "rac do trom gan cot moc 150"),
        ("Giật túi trước trường cấp 3 Phạm Văn Đồng", "giat tui truoc truong cap 3 pham ngu lao"),
        ("Xe tải 43C-111.22 cán người rồi bỏ chạy", "xe tai 92C-333.44 can nguoi roi bo chay"),
        ("Trộm bò ở xóm Đình", "Trộm gà ở xóm Đình"),
        ("Cháy lò bún Tâm Như", "cháy lò bún Hai Lúa"),
        ("Phòng 12 nhà nghỉ Sen có người hút chích", "phòng 21 nhà nghỉ Sen có người hút chích"),
        ("Tầng 2 chung cư Hồng Hà có tiếng khoan", "tầng 7 chung cư Hồng Hà có tiếng khoan"),
        ("Cụ già rớt xuống ao ở xóm Đình", "bé gái rớt xuống ao ở xóm Đình"),
        ("", "Cháy nhà ở tổ 3"),
    ],
)
def test_another_place_person_or_thing_is_not(first: str, second: str) -> None:
    assert not suggested(first, second)


def test_close_in_time_counts_more_than_days_apart() -> None:
    first, second = (read_report(text) for text in ("Cháy kho ở xóm Mới", "kho xom moi chay to"))
    assert alike(first, second, 2) > alike(first, second, 60 * 24) > alike(first, second, 60 * 24 * 30)
    assert alike(first, second, 5) == alike(first, second, -5)


@pytest.mark.parametrize(
    ("first", "second", "minutes"),
    [
        ("Xóm Dừa có chồng đánh vợ, nhà anh Thuyết", "a thuyet xom dua danh chi hue chay mau mui", 8),
        ("Có đứa nhỏ bị đuối nước ở Vàm Sậy, người ta đang lặn tìm", "cuu voi vam say co chau be chim roi", 1),
        ("Thung lũng Sim cháy rừng", "khói đen mù trời, nghe mùi khét, cho xe chữa cháy lên lẹ", 3),
        ("Karaoke Bốn Mùa ồn tới khuya", "bon mua lai hat karaoke, on chiu khong noi", 60 * 24 * 2),
    ],
)
def test_minutes_or_a_name_join_what_is_told_in_other_words(first: str, second: str, minutes: float) -> None:
    assert suggested(first, second, minutes)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ngập ở đội 2, nước vô nhà", "ngap o doi 5, nuoc vo nha"),
        ("Thằng Bi con ông Tám ném vỡ kính", "thằng Bo con ông Tám ném vỡ kính"),
        ("Nhặt được thẻ tên Lê Thị Thu Hương", "nhặt được thẻ tên Lê Thị Thu Huyền"),
        ("Có số 0868 xxx 225 gọi lừa", "co so 0868 xxx 252 goi lua"),
        ("Xóm Thượng mất trộm chó hồi đêm", "xom ha mat trom cho hoi dem"),
    ],
)
def test_another_number_or_name_in_the_same_place_of_the_sentence_is_not(first: str, second: str) -> None:
    assert not suggested(first, second, 5)
    assert not suggested(first, second)


def test_the_same_words_are_the_same_event() -> None:
    assert suggested("Lò gạch hoang đêm nào cũng có tiếng máy cưa gỗ", "lo gach hoang dem nao cung co tieng may cua go")


FIRE = [
    "Cháy kho giấy Hồng Hà ở cầu Sắt",
    "kho giay hong ha chay lon lam",
    "cầu Sắt cháy to, kho Hồng Hà, xin xe chữa cháy",
    "khoi den o kho hong ha gan cau sat",
]


def told(texts: list[str], every_s: float = 20, senders: int | None = None, incident: str | None = None) -> list[dict]:
    return [
        {"t_s": n * every_s, "sender": f"{n % (senders or len(texts))}", "text": text, "incident": incident}
        for n, text in enumerate(texts)
    ]


def test_many_reports_of_one_event_alert_at_the_deciding_message() -> None:
    assert evaluate_swarms(told(FIRE, incident="fire")) == {
        "swarms": [{"incident": "fire", "delay_s": 0.0}],
        "false_alerts": 0,
    }


@pytest.mark.parametrize(
    "rows",
    [
        told(FIRE, senders=1),
        told(FIRE, senders=2),
        told(FIRE, every_s=400),
        told(["kho giấy hồng hà cháy thật không", "nghe nói cháy kho hồng hà phải không", "kho giấy cháy đúng không"]),
        told(["mất căn cước làm lại ở đâu", "mất căn cước làm lại cần gì", "thủ tục làm lại căn cước bị mất"]),
        told(["Trộm xe ở thôn 1", "Trộm xe ở thôn 2", "Trộm xe ở thôn 3", "Trộm xe ở thôn 4"]),
        told(["Hàng xóm xây nhà lấn đất"] * 4),
        told(["cảm ơn các anh công an nhiều"] * 6),
        told(["Cảm ơn anh bắt được bọn trộm xe", "hay quá, bắt trộm nhanh ghê", "bắt được tụi trộm xe rồi, mừng quá"]),
        told(["", "?", "\u200b", "a"]),
    ],
    ids=["one", "two", "half an hour", "asking", "questions", "places", "nuisances", "thanks", "praise", "nothing"],
)  # fmt: skip
def test_quiet_otherwise(rows: list[dict]) -> None:
    assert evaluate_swarms(rows) == {"swarms": [], "false_alerts": 0}


MARKET = (
    "cháy lớn ở chợ Cày, khói đen kịt cả khu",
    "chợ Cày đang cháy to lắm các anh ơi",
    "cháy chợ Cày rồi, lửa bốc cao cạnh hàng vải",
)


def test_one_event_at_one_place_in_everyday_words_is_noticed() -> None:
    """Fire and market are such common words that only the name of the place is left in common."""
    watch = SwarmWatch()
    found = [watch.add(float(n), str(n), text) for n, text in enumerate(MARKET)]
    assert [bool(swarm) for swarm in found] == [False, False, True]
    assert found[2] is not None
    assert found[2].count == 3


def test_a_grave_event_within_minutes_is_noticed_without_a_word_in_common() -> None:
    texts = (
        "Quán bi-a Hổ Con đánh nhau, cả chục đứa",
        "danh lon o bida, vac co chem nhau",
        "xuống liền đi, tụi nó cầm phóng lợn rượt nhau",
    )
    watch = SwarmWatch()
    assert [bool(watch.add(n * 40.0, str(n), text)) for n, text in enumerate(texts)] == [False, False, True]


@pytest.mark.parametrize(
    "texts",
    [
        ("cháy chợ Cày", "cháy chợ Đồn", "cháy chợ Hôm"),
        ("mất xe ở chợ Cày hôm qua", "chợ Cày ồn ào quá", "cháy chợ Cày"),
        ("chợ Cày họp ngày nào", "ở chợ Cày có bán vải không", "chợ Cày đông quá"),
    ],
)
def test_one_word_in_common_joins_neither_places_nor_events(texts: tuple[str, ...]) -> None:
    watch = SwarmWatch()
    assert not any(watch.add(float(n), str(n), text) for n, text in enumerate(texts))


def test_a_swarm_is_told_once_and_again_after_the_window() -> None:
    watch = SwarmWatch()
    alerts = [watch.add(n * 30, str(n), FIRE[n % 4]) for n in range(12)]
    assert [n for n, alert in enumerate(alerts) if alert] == [2]
    assert alerts[2] is not None
    assert (alerts[2].count, alerts[2].first_text) == (3, FIRE[0])
    later = [watch.add(5_000 + n * 30, str(n), FIRE[n]) for n in range(4)]
    assert sum(alert is not None for alert in later) == 1


def test_bad_rows_name_their_line() -> None:
    good = {"incident": 1, "text": "a"}
    for bad in ({"text": "a"}, {"incident": 1, "text": 3}, {**good, "minutes": "9"}, {**good, "minutes": True}):
        with pytest.raises(RowError, match="line 2"):
            evaluate_duplicates([good, bad])
    for bad in ({"sender": "a", "text": "b"}, {"t_s": 1, "text": "b"}, {"t_s": 1, "sender": "a"}):
        with pytest.raises(RowError, match="line 1"):
            evaluate_swarms([bad])
    with pytest.raises(RowError, match="same"):
        evaluate_duplicates([good], [{"a": "x", "b": "y"}])
    assert set(evaluate_duplicates([]).values()) == {0}


def test_thousands_of_messages_pass_in_seconds() -> None:
    texts = [f"{FIRE[n % 4]} số {n}" for n in range(400)] + [f"Cho hỏi thủ tục số {n} ạ" for n in range(2_000)]
    watch = SwarmWatch()
    start = time.process_time()
    for n, text in enumerate(texts):
        watch.add(n * 0.1, str(n), text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "text", ["thôn " * 20_000, "A" * 90_000, "ông Tâm " * 12_000, "cháy " * 20_000, "a\u0301" * 50_000]
)
def test_no_text_makes_comparing_slow(text: str) -> None:
    start = time.process_time()
    report = read_report(text)
    alike(report, report, 0)
    assert time.process_time() - start < 3
