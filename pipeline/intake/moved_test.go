package intake

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// moved is a report as rows of cells, so that it can be moved about.
var movedHead = [][]string{
	{"Kỳ báo cáo:", "Tháng 6/2025"},
	{"Đơn vị:", "Quận Ba Đình"},
}

var movedHeader = []string{"TT", "Mã", "Chỉ tiêu", "ĐVT", "Kỳ trước", "Kỳ này", "Ghi chú"}

var movedRows = [][]string{
	{"1", "LD", "Số lao động được đào tạo", "người", "40", "41", "3 lớp"},
	{"2", "LD_NU", "Trong đó: nữ", "", "20", "30", ""},
	{"3", "", "Số cán bộ Hội", "người", "9", "10", ""},
	{"4", "", "Cán bộ nữ", "người", "9", "…", ""},
	{"5", "HO", "", "hộ", "2", "không phát sinh", ""},
	{"6", "VON", "Vốn vay", "triệu đồng", "1", "1.5", ""},
	{"7", "", "Việc khác", "", "", "3", ""},
}

// Wherever the table stands, in whatever order its rows and columns are and
// whatever stands between them, the values are the same, and so is what is said
// but for the cells at which it is said.
func TestMovingTheTableChangesNoValue(t *testing.T) {
	const want = "HN-001 2025-06 LD=41 LD_NU=30 CB=10 CB_NU=not_available HO=none VON=1500000"
	r := rand.New(rand.NewPCG(1, 2))
	codes := func(grid string) (string, []string) {
		got := offices(t, "a.xlsx", grid)
		var all []string
		for _, f := range got.Submission.Findings {
			all = append(all, string(f.Code)+" "+f.Indicator)
		}
		slices.Sort(all)
		return known(got), all
	}
	first, said := codes(gridOf(movedHead, movedHeader, movedRows))
	if first != want || !slices.Contains(said, "indicator-unknown ") || !slices.Contains(said, "value-scaled VON") {
		t.Fatalf("before anything is moved: %s %q", first, said)
	}
	for range 150 {
		rows := slices.Clone(movedRows)
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		for range r.IntN(3) {
			rows = slices.Insert(rows, r.IntN(len(rows)+1), []string{})
		}
		for range r.IntN(3) {
			rows = slices.Insert(rows, r.IntN(len(rows)+1), []string{"II", "", "Nhóm chỉ tiêu", "", "", "", ""})
		}
		if r.IntN(2) == 0 {
			rows = append(rows, []string{"Hết bảng", "", "", "", "", "", ""})
		}
		header := slices.Clone(movedHeader)
		order := r.Perm(len(header))
		if r.IntN(2) == 0 {
			slices.Sort(order)
		}
		numbers := make([]string, len(header))
		for i := range numbers {
			numbers[i] = "(" + string(rune('1'+i)) + ")"
		}
		header = permuted(header, order)
		for i, row := range rows {
			rows[i] = permuted(row, order)
		}
		if r.IntN(2) == 0 {
			rows = slices.Insert(rows, 0, numbers)
		}
		head := slices.Clone(movedHead)
		for range r.IntN(4) {
			head = append(head, []string{})
		}
		grid := gridOf(head, header, rows)
		if right := r.IntN(4); right > 0 {
			grid = strings.Repeat("|", right) + strings.ReplaceAll(grid, "\n", "\n"+strings.Repeat("|", right))
		}
		if down := r.IntN(4); down > 0 {
			grid = strings.Repeat("|\n", down) + grid
		}
		if got, now := codes(grid); got != want || !slices.Equal(now, said) {
			t.Fatalf("%s %q, of\n%s", got, now, grid)
		}
	}
}

func permuted(row []string, order []int) []string {
	if len(row) == 0 {
		return row
	}
	out := make([]string, len(order))
	for i, from := range order {
		out[i] = row[from]
	}
	return out
}

func gridOf(head [][]string, header []string, rows [][]string) string {
	var lines []string
	for _, row := range slices.Concat(head, [][]string{header}, rows) {
		lines = append(lines, strings.Join(row, "|"))
	}
	return strings.Join(lines, "\n")
}
