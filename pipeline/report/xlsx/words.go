package xlsx

import (
	"tonghop/pipeline/wording"
)

// Names of sheets, the same in every language.
const (
	sheetOverview    = "Tổng quan"
	sheetCity        = "Tổng hợp"
	sheetParagraphs  = "Lời văn"
	sheetDefinitions = "Định nghĩa"
	sheetAreas       = "Quy về đơn vị cũ"
	sheetTrends      = "Diễn biến 12 tháng"
	sheetSubmissions = "Đơn vị nộp"
	sheetMonths      = "Nộp theo tháng"
	sheetUnitTargets = "Chỉ tiêu đơn vị"
	sheetFindings    = "Điểm cần sửa"
	sheetSources     = "Nguồn số liệu"
	sheetFiles       = "Tệp"
	sheetRemarks     = "Thuyết minh"
	sheetChanges     = "Thay đổi"
	sheetReconciled  = "Đối chiếu đã ký"
	// ytdSuffix ends the name of a programme's sheet for the year to date.
	ytdSuffix = " lũy kế"
)

// The marks of cells that hold no number. They are part of what formulas and
// readers of the workbook may rely on, and the same in every language.
const (
	markNone   = "-"
	markNoData = "…"
	markNotApp = "x"
	markAmend  = "(!)"
)

// words are what only this workbook says; package wording says the rest.
type words struct {
	titleCity, titleProgramme, titleTrends, trendsNote, titleSubmissions, titleMonths, titleFindings, titleSources, titleFiles string

	figures, legend string // heads of sheets

	horizon, gap, reported, asked, group, timeliness, size, unitCode, indicatorCode string // columns

	thisYear, everybody string // comparisons with last year

	loose, opening, openingFrom, plain, none, onTime, late, extended, month, year, plan, furtherTarget string
}

func wordsOf(l wording.Language) *words {
	if l == wording.English {
		return &english
	}
	return &vietnamese
}

var vietnamese = words{
	titleCity:        "TỔNG HỢP KẾT QUẢ TOÀN THÀNH PHỐ",
	titleProgramme:   "KẾT QUẢ THEO ĐƠN VỊ",
	titleTrends:      "DIỄN BIẾN TRONG 12 THÁNG GẦN NHẤT",
	trendsNote:       "Số của từng tháng, không phải lũy kế. Chỉ có những chỉ tiêu đã biết số liệu của ít nhất hai tháng.",
	titleSubmissions: "TÌNH HÌNH NỘP BÁO CÁO CỦA CÁC ĐƠN VỊ",
	titleMonths:      "TÌNH HÌNH NỘP BÁO CÁO THEO THÁNG",
	titleFindings:    "CÁC ĐIỂM ĐỀ NGHỊ SỬA HOẶC XEM LẠI",
	titleSources:     "NGUỒN CỦA TỪNG SỐ LIỆU",
	titleFiles:       "CÁC TỆP ĐÃ THẤY TRONG THƯ MỤC NHẬN",

	figures: "Số liệu: %s",
	legend: `Ký hiệu: "-" không phát sinh; "…" chưa có số liệu; "x" không áp dụng; "(!)" đề nghị sửa; "*" đính chính chờ văn bản; "†" mang sang từ tháng trước; ô trống: chưa có; ` +
		`ô nền xám: kỳ này không phải báo cáo; chữ nghiêng: tạm tính, còn thiếu số liệu.`,

	horizon: "Kỳ của chỉ tiêu giao", gap: "Còn thiếu (hoặc vượt trần)", reported: "Đã có", asked: "Phải có",
	group: "Cụm", timeliness: "Thời hạn", size: "Số byte",
	unitCode: "Mã đơn vị", indicatorCode: "Mã chỉ tiêu",

	thisYear: "Năm nay, phần so sánh được", everybody: "mọi đơn vị",

	loose: "Số của đơn vị đã kết thúc, không có ở các dòng trên", opening: "Số đầu kỳ, đến %s", openingFrom: "%s – nguồn: %s",
	plain:  "Tổng của %s là giá trị, không phải công thức: các cột trên trang này không đủ để tính lại.",
	none:   "Không có.",
	onTime: "đúng hạn", late: "sau hạn", extended: "gia hạn",
	month: "tháng", year: "năm", plan: "giai đoạn", furtherTarget: "(chỉ tiêu giao khác)",
}

var english = words{
	titleCity:        "CITY SUMMARY",
	titleProgramme:   "RESULTS BY UNIT",
	titleTrends:      "THE LAST 12 MONTHS",
	trendsNote:       "Each month's own figure, not the total so far. Only indicators of which at least two months are known.",
	titleSubmissions: "SUBMISSIONS BY UNIT",
	titleMonths:      "SUBMISSIONS BY MONTH",
	titleFindings:    "POINTS TO CORRECT OR CHECK",
	titleSources:     "THE SOURCE OF EVERY FIGURE",
	titleFiles:       "FILES SEEN IN THE DROP FOLDER",

	figures: "Figures: %s",
	legend: `Marks: "-" none occurred; "…" not available; "x" not applicable; "(!)" to be corrected; "*" correction awaiting a document; "†" carried from an earlier month; empty: missing; ` +
		`grey: not asked in this period; italics: provisional, some figures missing.`,

	horizon: "Target period", gap: "Short of target (or over the ceiling)", reported: "Reported", asked: "Expected",
	group: "Group", timeliness: "Timeliness", size: "Bytes",
	unitCode: "Unit code", indicatorCode: "Indicator code",

	thisYear: "This year, as compared", everybody: "all units",

	loose: "Of units that have ended, not in the rows above", opening: "Opening figure, up to %s", openingFrom: "%s – source: %s",
	plain:  "The total of %s is a value, not a formula: the columns of this sheet are not enough to recompute it.",
	none:   "None.",
	onTime: "on time", late: "late", extended: "extended",
	month: "month", year: "year", plan: "plan", furtherTarget: "(a further target)",
}
