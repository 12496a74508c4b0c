package main

import (
	"fmt"
	"strings"
	"testing/fstest"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
)

// The made-up office asks sixty figures: four programmes of fifteen. In each the
// first is a whole and the second its part, ten are flows, three stocks and two
// cumulative; a rate is derived from whole and part.
const (
	programmeCount = 4
	perProgramme   = 15
	indicatorCount = programmeCount * perProgramme
)

// lastMonth is the month that is published; a history ends with it.
var lastMonth = period.Month{Year: 2025, Number: time.June}

// zone is Vietnam's.
var zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// asOf is the moment of every run.
var asOf = time.Date(2025, time.June, 20, 8, 0, 0, 0, zone)

func code(i int) string { return fmt.Sprintf("P%d_%02d", i/perProgramme+1, i%perProgramme+1) }

// isPart reports whether an indicator counts a part of the one before it.
func isPart(i int) bool { return i%perProgramme == 1 }

func unitID(n int) string { return fmt.Sprintf("BN-%05d", n+1) }

func unitKind(n int) catalogue.UnitKind {
	if n/7%2 == 0 {
		return catalogue.Commune
	}
	return catalogue.Ward
}

// unitName is made of two or three syllables of which no two units have the same.
func unitName(n int) string {
	first := strings.Fields("An Bình Cao Chí Dương Đại Gia Hải Hoàng Hồng Kim Lai Lâm Long Mai Minh Mỹ Nam Ngọc Phú " +
		"Phúc Quảng Quang Sơn Tam Tân Thanh Thạch Thiên Thọ Thuận Tiên Trung Tường Văn Vĩnh Việt Xuân Yên Hưng")
	second := strings.Fields("Bồi Cát Châu Chiểu Chung Cường Dục Đạo Định Đồng Đức Giang Hà Hiệp Hoa Hội Huệ Khê Khánh Kiều " +
		"La Lễ Liên Lộc Lương Mạch Mão Môn Mộc Nghĩa Ninh Phong Phương Quế Sách Tảo Thái Thắng Thành Thịnh " +
		"Thủy Tiến Tín Trạch Tri Triều Tựu Ứng Vinh Vực")
	third := []string{"", " Đông", " Tây", " Thượng", " Hạ", " Ngoại"}
	return first[n%len(first)] + " " + second[n/len(first)%len(second)] + third[n/len(first)/len(second)%len(third)]
}

// tables are the office's definitions as CSV, by name.
func tables(units int) map[string][]byte {
	var u, p, i, targets strings.Builder
	u.WriteString("id,kind,name,group\n")
	groups := min(20, 1+units/10)
	for n := range units {
		fmt.Fprintf(&u, "%s,%s,%s,Cụm %d\n", unitID(n), unitKind(n), unitName(n), n%groups+1)
	}
	p.WriteString("code,number,name_vi,name_en\n")
	i.WriteString("code,programme,kind,name_vi,name_en,definition_vi,measure,type,nature,across,formula,min,required,part_of,decimals,confirmed\n")
	targets.WriteString("indicator,horizon,from,to,comparator,value,pace,headline,act\n")
	for n := range programmeCount {
		fmt.Fprintf(&p, "P%d,0%d-CTr/MAU,Chương trình mẫu số %d,Sample programme %d\n", n+1, n+1, n+1, n+1)
		whole, part := code(n*perProgramme), code(n*perProgramme+1)
		for m := range perProgramme {
			nature, partOf := "flow", ""
			switch {
			case m > 12:
				nature = "cumulative"
			case m > 9:
				nature = "stock"
			case m == 1:
				partOf = whole
			}
			fmt.Fprintf(&i, "%s,P%d,input,%s,Count %d of programme %d,%s,người,whole,%s,sum,,0,yes,%s,0,yes\n",
				code(n*perProgramme+m), n+1, indicatorName(n, m), m+1, n+1,
				"Số người được tính một lần trong kỳ báo cáo; không tính người đã được tính ở chỉ tiêu khác.", nature, partOf)
		}
		fmt.Fprintf(&i, "P%d_TL,P%d,derived,Tỷ lệ nữ của chương trình %d,Share of women,,%%,percent,,,100 * %s / %s,,,,1,yes\n", n+1, n+1, n+1, part, whole)
		fmt.Fprintf(&targets, "%s,year,2025-01,2025-12,>=,%d,linear,yes,Kế hoạch mẫu\n", whole, 9000*units)
		fmt.Fprintf(&targets, "P%d_TL,year,2025-01,2025-12,>=,40,level,no,Kế hoạch mẫu\n", n+1)
	}
	all := map[string][]byte{
		"units": []byte(u.String()), "programmes": []byte(p.String()), "indicators": []byte(i.String()), "targets": []byte(targets.String()),
		"forms": []byte("version,title_vi,title_en,valid_from,valid_to\nM1,Báo cáo tháng,Monthly report,,\n"),
	}
	for _, table := range catalogue.Headers() {
		if all[table.Name] == nil {
			all[table.Name] = table.CSV()
		}
	}
	return all
}

func indicatorName(programme, n int) string {
	if n == 1 {
		return fmt.Sprintf("Trong đó: số nữ của chương trình %d", programme+1)
	}
	what := [...]string{
		"Số lao động được dạy nghề", "", "Số hội viên được vay vốn", "Số hộ được hỗ trợ", "Số buổi truyền thông", "Số người dự truyền thông",
		"Số mô hình được lập", "Số phụ nữ khởi nghiệp", "Số trẻ em được đỡ đầu", "Số vụ việc được tư vấn", "Số hội viên cuối kỳ",
		"Số chi hội cuối kỳ", "Số tổ nhóm cuối kỳ", "Số cán bộ được bồi dưỡng từ đầu năm", "Số cơ sở đạt chuẩn từ đầu năm",
	}
	return fmt.Sprintf("%s của chương trình %d", what[n], programme+1)
}

// definitions loads the office's tables.
func definitions(units int) (*catalogue.Catalogue, error) {
	files := fstest.MapFS{}
	for name, data := range tables(units) {
		files[name+".csv"] = &fstest.MapFile{Data: data}
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(files, "bench"))
	if len(problems) > 0 {
		return nil, fmt.Errorf("load definitions: %d problems, first %w", len(problems), problems[0])
	}
	return cat, nil
}

// timetable is the office's by default.
func timetable(cat *catalogue.Catalogue) period.Timetable {
	return period.Timetable{
		Scheme: period.Scheme15to14, Calendar: cat.Calendar, Zone: zone,
		Deadline: period.DeadlineRule{Day: 17, Hour: 17, IfNotWorking: period.MoveNext},
	}
}
