"""Pages every installation begins with. Editors put their own words in their place."""

from typing import NamedTuple


class StandingPage(NamedTuple):
    """One page of text; ``{organisation}`` is filled in when it is made."""

    slug: str
    title: str
    text: str


STANDING_PAGES = (
    StandingPage(
        "gioi-thieu",
        "Giới thiệu",
        """\
Đây là cổng thông tin của {organisation} về kiểm tra, đôn đốc công tác cải cách hành chính.
Cổng đăng tin về các đợt kiểm tra, những văn bản đã công bố và kết quả đã được phê duyệt. Việc chưa công \
bố không có trên cổng.
Bạn đọc có thể gửi ý kiến dưới từng bài viết. Ý kiến được duyệt trước khi đăng.""",
    ),
    StandingPage(
        "lien-he",
        "Liên hệ",
        """\
Cơ quan quản lý cổng: {organisation}.
Ai không nhập được mã xác nhận, không dùng được biểu mẫu hoặc cần giúp gửi ý kiến, xin đến hoặc gọi bộ \
phận tiếp nhận và trả kết quả của {organisation} trong giờ hành chính; cán bộ sẽ ghi lại ý kiến giúp.
Khiếu nại, tố cáo, phản ánh hành vi vi phạm cần gửi đến bộ phận tiếp công dân để được xử lý theo quy \
định, không gửi qua phần ý kiến của bài viết.""",
    ),
    StandingPage(
        "tro-nang",
        "Trợ năng",
        """\
Cổng dùng được bằng bàn phím, bằng trình đọc màn hình và khi trình duyệt tắt JavaScript. Chữ phóng to \
được đến 400% mà không phải cuộn ngang.
Mã xác nhận của biểu mẫu ý kiến có hình và có giọng đọc tiếng Việt; không dùng được cả hai, xin xem \
trang Liên hệ.
Thấy chỗ nào khó dùng, xin báo cho {organisation} qua trang Liên hệ.""",
    ),
    StandingPage(
        "du-lieu-ca-nhan",
        "Dữ liệu cá nhân",
        """\
Khi gửi ý kiến, bạn đọc cho biết họ tên và, nếu muốn được gọi lại, số điện thoại. Số điện thoại được mã \
hóa khi lưu, không bao giờ đăng, chỉ người kiểm duyệt xem được khi nêu rõ mục đích, mỗi lần xem đều ghi \
nhật ký, và bị xóa sau 12 tháng kể từ khi ý kiến được xử lý.
Lượt xem bài viết được đếm không cần cookie: mỗi ngày hệ thống tạo một chuỗi ngẫu nhiên để phân biệt \
người đọc trong ngày, rồi xóa chuỗi đó cùng mọi dấu vết. Cổng không dùng dịch vụ theo dõi nào của bên \
ngoài.
Muốn xem, sửa hoặc xóa dữ liệu của mình, xin nêu mã tra cứu của ý kiến khi liên hệ {organisation}.""",
    ),
)
