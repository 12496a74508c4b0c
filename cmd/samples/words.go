package main

import "tonghop/pipeline/submission"

// narratives are results in words, by indicator.
var narratives = map[string][]string{
	"CT07_GP1_ND": {
		"Gửi, nhận văn bản qua hệ thống điện tử; giảm một nửa số bản in.",
		"Duy trì giao ban trực tuyến với các cơ sở Hội vào tuần đầu tháng.",
		"Rà soát, chuẩn hóa danh sách hội viên trên phần mềm quản lý.",
	},
	"CT07_GP2_ND": {
		"Mở chuyên mục “Phụ nữ với chuyển đổi số” trên trang của Hội.",
		"Thành lập tổ phụ nữ số tại các chi hội, hướng dẫn dịch vụ công trực tuyến.",
		"Tập huấn kỹ năng an toàn trên không gian mạng cho cán bộ chi hội.",
	},
	"CT07_GP3_ND": {
		"Tiếp nhận và góp ý hồ sơ ý tưởng khởi nghiệp của hội viên.",
		"Hướng dẫn hội viên bán hàng trên sàn thương mại điện tử.",
		"Kết nối hợp tác xã do phụ nữ quản lý với điểm giới thiệu sản phẩm.",
	},
	"CT07_GP4_ND": {
		"Tổng kết mô hình tiết kiệm tại chi hội, rút kinh nghiệm nhân rộng.",
		"Ký kế hoạch phối hợp với đơn vị khoa học trên địa bàn.",
	},
	"CT07_ML_ND": {
		"Các cấp Hội chủ động đưa công nghệ vào sinh hoạt chi hội, được hội viên hưởng ứng.",
		"Đội ngũ nữ doanh nhân tham gia các lớp về chuyển đổi số trong kinh doanh.",
	},
	"GP_01_ND": {
		"Tuyên truyền về sắp xếp đơn vị hành chính, ổn định tư tưởng hội viên.",
		"Sinh hoạt chuyên đề về phòng, chống bạo lực gia đình.",
		"Tổ chức hội thi tìm hiểu pháp luật tại các cụm chi hội.",
	},
	"GP_02_ND": {
		"Duy trì mô hình “Mỗi tuần một việc tốt” tại các chi hội.",
		"Biểu dương gương phụ nữ làm theo lời Bác.",
	},
	"GP_03_ND": {
		"Ra quân tổng vệ sinh, trồng hoa tại các tuyến phố tự quản.",
		"Vẽ tranh tường, xóa điểm chân rác tồn đọng.",
		"Chăm sóc tuyến đường nở hoa do phụ nữ đảm nhận.",
	},
	"GP_04_ND": {
		"Vận động hộ kinh doanh tự tháo dỡ mái vẩy, biển quảng cáo lấn vỉa hè.",
		"Phối hợp tổ dân phố nhắc nhở giữ trật tự tại khu vực cổng trường.",
	},
	"GP_05_ND": {
		"Phát, thu bản cam kết tại sinh hoạt chi hội.",
		"Rà soát việc thực hiện cam kết đã ký từ đầu năm.",
	},
}

// remarks are what some units add for a programme.
var remarks = []submission.Remark{
	{Programme: "CT01", Kind: submission.Difficulties, Text: "Cán bộ chi hội kiêm nhiệm, khó bố trí thời gian dự lớp bồi dưỡng."},
	{Programme: "CT01", Kind: submission.Proposals, Text: "Đề nghị Thành Hội mở thêm lớp bồi dưỡng ngoài giờ hành chính."},
	{Programme: "CT02", Kind: submission.Difficulties, Text: "Lao động nữ trên 45 tuổi khó tìm việc sau học nghề."},
	{Programme: "CT02", Kind: submission.Proposals, Text: "Đề nghị kết nối doanh nghiệp nhận lao động bán thời gian."},
	{Programme: "CT03", Kind: submission.Evidence, Text: "Biên bản thẩm định hộ đạt tiêu chí, lưu tại văn phòng Hội."},
	{Programme: "CT07", Kind: submission.Difficulties, Text: "Thiết bị tại chi hội còn thiếu, mạng không ổn định."},
	{Programme: "GP", Kind: submission.Evidence, Text: "Ảnh các buổi ra quân, lưu tại trang của Hội."},
}
