"""What officers would map to contents as plans word them: fields of the checklist of 2019, some criteria.

The wordings are our own, of the kinds found in plans of communes, districts and provinces. A content that
speaks of no field of the checklist expects nothing.
"""

GOLD: tuple[tuple[str, tuple[str, ...], set[str], set[str]], ...] = (
    ("Công tác chỉ đạo, điều hành và tuyên truyền về CCHC", (), {"CDDH"}, {"CDDH-01", "CDDH-08"}),
    (
        "Việc thực hiện cơ chế một cửa, một cửa liên thông",
        ("61/2018/NĐ-CP",),
        {"TTHC", "HDH"},
        {"TTHC-05", "TTHC-08", "HDH-03"},
    ),
    (
        "Việc tiếp nhận, giải quyết hồ sơ tại Bộ phận tiếp nhận và trả kết quả",
        (),
        {"TTHC"},
        {"TTHC-08", "TTHC-09"},
    ),
    ("Niêm yết công khai TTHC và phí, lệ phí tại trụ sở", (), {"TTHC", "TCC"}, {"TTHC-01", "TCC-04"}),
    ("Tình hình chấp hành giờ giấc làm việc, văn hóa công sở", (), {"CBCC"}, {"CBCC-04", "CBCC-05"}),
    (
        "Việc chấp hành kỷ luật, kỷ cương hành chính của CBCC",
        ("04/CT-UBND",),
        {"CBCC", "CD"},
        {"CBCC-05", "CBCC-07", "CD-05"},
    ),
    ("Xây dựng, ban hành, kiểm tra, rà soát văn bản quy phạm pháp luật", (), {"TC"}, {"TC-01", "TC-02"}),
    ("Cải cách thể chế và theo dõi tình hình thi hành pháp luật", (), {"TC"}, {"TC-05"}),
    ("Tổ chức bộ máy, biên chế và việc thực hiện quy chế làm việc", (), {"TCBM"}, {"TCBM-01", "TCBM-03"}),
    ("Việc phân cấp, ủy quyền cho cấp xã", (), {"TCBM"}, {"TCBM-06"}),
    (
        "Công tác đánh giá, xếp loại, đào tạo, bồi dưỡng đội ngũ cán bộ, công chức",
        (),
        {"CBCC"},
        {"CBCC-02", "CBCC-03"},
    ),
    (
        "Quản lý, sử dụng ngân sách xã và tài sản công; cơ chế tự chủ kinh phí",
        (),
        {"TCC"},
        {"TCC-01", "TCC-02", "TCC-03"},
    ),
    ("Cải cách tài chính công", (), {"TCC"}, {"TCC-05"}),
    ("Ứng dụng CNTT, chữ ký số và dịch vụ công trực tuyến", (), {"HDH"}, {"HDH-04", "HDH-09"}),
    (
        "Áp dụng hệ thống quản lý chất lượng theo TCVN ISO 9001",
        ("19/2014/QĐ-TTg",),
        {"HDH"},
        {"HDH-06", "HDH-07"},
    ),
    ("Hiện đại hóa hành chính", (), {"HDH"}, {"HDH-01"}),
    (
        "Việc tiếp công dân, xử lý phản ánh, kiến nghị của người dân",
        (),
        {"CBCC", "TTHC"},
        {"CBCC-10", "TTHC-17"},
    ),
    ("Nhiệm vụ giao tại Kế hoạch số 443/KH-UBND ngày 23/12/2016", ("443/KH-UBND",), {"CD"}, {"CD-01"}),
    ("Cải thiện, nâng cao chỉ số PAPI", ("172/KH-UBND", "1319/UBND-NV"), {"CD"}, {"CD-03", "CD-04"}),
    (
        "Việc khắc phục các hạn chế đã nêu tại thông báo kết luận kiểm tra năm trước",
        (),
        {"CDDH"},
        {"CDDH-11"},
    ),
    ("Mức độ hài lòng của người dân khi giải quyết thủ tục", (), {"TTHC"}, {"TTHC-18"}),
    ("Việc thực hiện quy tắc ứng xử của cán bộ, công chức, viên chức", (), {"CBCC"}, {"CBCC-08"}),
    ("Việc thu gom, phân loại rác thải tại hộ gia đình", (), set(), set()),
    ("Việc chấp hành pháp luật về an toàn thực phẩm của cơ sở sản xuất, kinh doanh", (), set(), set()),
    ("Đăng ký nước sạch và xây dựng nhà tiêu hợp vệ sinh", (), set(), set()),
)
"""Words of the content, papers it rests on, fields expected, criteria that must be among those suggested."""
