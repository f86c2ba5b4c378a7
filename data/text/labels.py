"""Vietnamese words that several places show and scoring does not need, each once."""

UNIT_TYPE_WORDS = {"xa": "Xã", "phuong": "Phường", "thi_tran": "Thị trấn", "dac_khu": "Đặc khu"}
PROVENANCE_WORDS = {"seen": "đã đối chiếu", "provisional": "tạm tính", "assumed": "mặc định, chưa xác nhận"}
CHANGE_WORDS = {
    "gained": "Mới đạt",
    "lost": "Mất kết quả đạt",
    "risen": "Tăng điểm",
    "fallen": "Giảm điểm",
    "same": "Giữ nguyên",
    "unknown": "Không so sánh được",
}
DEMO_LABEL = "Số liệu minh họa"
