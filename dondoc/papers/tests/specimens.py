"""Whole papers for the tests of this room's layout: a report, minutes, a letter, a decision."""

from datetime import date
from decimal import Decimal

from dondoc.papers.layout import (
    ND30,
    TT01,
    Annex,
    Bullets,
    Centred,
    Column,
    GroupRow,
    HeaderCell,
    Heading,
    Note,
    PaperContent,
    Paragraph,
    RuleSet,
    Signature,
    Table,
    header,
)

SEPTEMBER_11 = date(2026, 9, 11)
LONG = (
    "Trong kỳ, các xã đã nghiêm túc triển khai kế hoạch kiểm tra; việc tự kiểm tra, báo cáo được thực hiện "
    "đúng thời hạn, hồ sơ minh chứng được lưu trữ đầy đủ trên hệ thống và được Đoàn kiểm tra đối chiếu."
)


def a_wide_table(rows: int = 60) -> Table:
    """Twelve columns under a header of two levels, long enough for several pages."""
    criteria = (
        "Chỉ đạo",
        "Thể chế",
        "Thủ tục",
        "Bộ máy",
        "Công vụ",
        "Tài chính",
        "Chuyển đổi số",
        "Tác động",
    )
    return Table(
        columns=(
            Column(1, "center"),
            Column(4),
            *(Column(1.6, "right") for _ in criteria),
            Column(1.6, "right"),
            Column(2),
        ),
        header=(
            (
                HeaderCell("TT", rows=2),
                HeaderCell("Đơn vị", rows=2),
                HeaderCell("Điểm theo lĩnh vực", columns=len(criteria)),
                HeaderCell("Tổng điểm", rows=2),
                HeaderCell("Ghi chú", rows=2),
            ),
            tuple(HeaderCell(name) for name in criteria),
        ),
        rows=(
            GroupRow("I. Các xã thuộc cụm số 1"),
            *(
                (
                    str(n),
                    f"Ủy ban nhân dân xã số {n}",
                    *(Decimal("8.25") for _ in criteria),
                    Decimal("66"),
                    None,
                )
                for n in range(1, rows + 1)
            ),
        ),
        total=(None, "Bình quân", *(Decimal("8.25") for _ in criteria), Decimal("66"), ""),
    )


def a_report(rules: RuleSet = ND30, *, number: int | None = 5, marker: str = "") -> PaperContent:
    day = date(2019, 9, 11) if rules is TT01 else SEPTEMBER_11
    return PaperContent(
        rule_set=rules,
        superior_body=(),
        issuing_body=("ỦY BAN NHÂN DÂN", "HUYỆN THANH OAI"),
        issuer_name="Ủy ban nhân dân huyện Thanh Oai",
        issuer_abbreviation="UBND",
        place="Thanh Oai",
        number=number,
        issued_on=day if number else None,
        type_name="BÁO CÁO",
        subject="Kết quả kiểm tra công tác cải cách hành chính năm 2026",
        addressees=("Sở Nội vụ thành phố Hà Nội",),
        body=(
            Paragraph("Thực hiện Kế hoạch số 292/KH-UBND, Ủy ban nhân dân huyện báo cáo kết quả như sau:"),
            Heading(1, "I. TÌNH HÌNH CHUNG"),
            Paragraph(LONG),
            Heading(2, "1. Công tác chỉ đạo, điều hành"),
            Heading(3, "a) Ưu điểm"),
            Bullets((LONG, "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,7%.")),
            Table(
                columns=(Column(1, "center"), Column(5), Column(2, "right"), Column(2, "right")),
                header=header("TT", "Nội dung", "Kế hoạch", "Kết quả"),
                rows=(
                    ("1", "Số đơn vị được kiểm tra", 21, 21),
                    ("2", "Số hồ sơ được rút mẫu", 1200, Decimal("1234.5")),
                    ("3", "Số kiến nghị chưa có số liệu", None, None),
                ),
                total=(None, "Cộng", 1221, Decimal("1255.5")),
                caption="Bảng 1. Tổng hợp kết quả",
            ),
            Note("Nguồn: báo cáo tự kiểm tra của các xã."),
            Heading(1, "II. KIẾN NGHỊ"),
            *(Paragraph(LONG) for _ in range(6)),
            Paragraph("Trên đây là báo cáo của Ủy ban nhân dân huyện Thanh Oai./."),
        ),
        signatures=(
            Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Thị Ánh Tuyết"),
        ),
        recipients=("Như trên", "Thường trực Huyện ủy, HĐND huyện", "Các phòng, ban thuộc huyện"),
        archive="VT, NV (05)",
        annexes=(
            Annex("Kết quả chấm điểm theo đơn vị", (a_wide_table(),), landscape=True),
            Annex(
                "Danh mục hồ sơ kiểm tra",
                (
                    Paragraph("Danh mục gồm các hồ sơ sau:"),
                    Bullets(("Sổ theo dõi hồ sơ;", "Báo cáo tự kiểm tra.")),
                ),
            ),
        ),
        marker=marker,
    )


def some_minutes(rules: RuleSet = ND30) -> PaperContent:
    return PaperContent(
        rule_set=rules,
        superior_body=("ỦY BAN NHÂN DÂN", "HUYỆN THANH OAI"),
        issuing_body=("ĐOÀN KIỂM TRA", "CẢI CÁCH HÀNH CHÍNH"),
        issuer_name="Đoàn kiểm tra cải cách hành chính huyện Thanh Oai",
        issuer_abbreviation="ĐKT",
        place="Thanh Mai",
        number=5,
        issued_on=date(2019, 9, 5) if rules is TT01 else date(2026, 2, 5),
        type_name="Biên bản",
        subject="Kiểm tra công tác cải cách hành chính tại Ủy ban nhân dân xã Thanh Mai",
        body=(
            Paragraph("Hôm nay, vào hồi 8 giờ 30 phút, tại trụ sở Ủy ban nhân dân xã Thanh Mai, gồm có:"),
            Heading(1, "I. THÀNH PHẦN"),
            Bullets(("Ông Trần Văn Đức - Trưởng đoàn;", "Bà Lê Thị Hường - Thư ký.")),
            Heading(1, "II. NỘI DUNG KIỂM TRA"),
            *(Paragraph(LONG) for _ in range(6)),
            Paragraph("Biên bản được lập thành 03 bản, đã đọc cho các bên cùng nghe và nhất trí ký tên./."),
        ),
        signatures=(
            Signature(("THƯ KÝ",), "Lê Thị Hường", "(Ký, ghi rõ họ tên)"),
            Signature(("ĐẠI DIỆN ĐƠN VỊ", "CHỦ TỊCH UBND XÃ"), "Phạm Quốc Việt", "(Ký, đóng dấu)"),
            Signature(("TRƯỞNG ĐOÀN",), "Trần Văn Đức", "(Ký, ghi rõ họ tên)"),
        ),
        marker="DỮ LIỆU MẪU",
    )


def a_letter(rules: RuleSet = ND30) -> PaperContent:
    return PaperContent(
        rule_set=rules,
        issuing_body=("ỦY BAN NHÂN DÂN", "HUYỆN THANH OAI"),
        issuer_name="Ủy ban nhân dân huyện Thanh Oai",
        issuer_abbreviation="UBND",
        unit_abbreviation="NV",
        place="Thanh Oai",
        number=1319,
        issued_on=date(2019, 1, 9) if rules is TT01 else date(2026, 10, 20),
        subject="chuẩn bị hồ sơ phục vụ Đoàn kiểm tra cải cách hành chính",
        addressees=("Ủy ban nhân dân xã Thanh Mai", "Ủy ban nhân dân xã Kim Thư"),
        body=(Paragraph(LONG), Paragraph("Đề nghị các đơn vị nghiêm túc thực hiện./.")),
        signatures=(Signature(("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG NỘI VỤ"), "Hoàng Hữu Phước"),),
        recipients=("Như trên", "Chủ tịch, các Phó Chủ tịch UBND huyện"),
        archive="VT, NV",
    )


def a_decision(rules: RuleSet = ND30) -> PaperContent:
    return PaperContent(
        rule_set=rules,
        issuing_body=("ỦY BAN NHÂN DÂN", "HUYỆN THANH OAI"),
        issuer_name="Ủy ban nhân dân huyện Thanh Oai",
        issuer_abbreviation="UBND",
        place="Thanh Oai",
        number=1551,
        issued_on=date(2019, 10, 1) if rules is TT01 else date(2026, 10, 1),
        type_name="Quyết định",
        subject="Về việc thành lập Đoàn kiểm tra công tác cải cách hành chính",
        authority="Chủ tịch Ủy ban nhân dân huyện Thanh Oai",
        legal_bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương;",
            "Căn cứ Kế hoạch số 292/KH-UBND của Ủy ban nhân dân huyện",
            "Theo đề nghị của Trưởng phòng Nội vụ.",
        ),
        body=(
            Centred("QUYẾT ĐỊNH:"),
            Paragraph("Thành lập Đoàn kiểm tra gồm các ông, bà có tên sau đây.", lead="Điều 1."),
            Paragraph("Quyết định này có hiệu lực kể từ ngày ký./.", lead="Điều 2."),
        ),
        signatures=(Signature(("CHỦ TỊCH",), "Bùi Hoàng Phan"),),
        recipients=("Như Điều 2",),
        archive="VT",
    )
