package pdf

import (
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/report"
)

// placedText finds the line that begins so.
func placedText(t *testing.T, m marks, prefix string) text {
	t.Helper()
	i := slices.IndexFunc(m.texts, func(x text) bool { return strings.HasPrefix(string(x.line), prefix) })
	if i < 0 {
		t.Fatalf("no line begins with %q", prefix)
	}
	return m.texts[i]
}

// ruleUnder is the rule that is centred close under a line.
func ruleUnder(m marks, line text) (rule, bool) {
	for _, r := range m.rules {
		middle := r.x + r.w/2 - line.x - line.w/2
		if r.h == 0 && r.y >= line.bottom() && r.y < line.bottom()+2 && middle < 0.01 && middle > -0.01 {
			return r, true
		}
	}
	return rule{}, false
}

// The sizes and rules of Decree 30/2020, Appendix I.
func TestHeadOfTheUnion(t *testing.T) {
	m := laidOut(t, sample(), Options{})[0].body
	for prefix, want := range map[string]font{
		"HỘI LIÊN HIỆP": {regular, 12}, "BAN THƯỜNG VỤ": {bold, 12}, "CỘNG HÒA": {bold, 12}, "Độc lập": {bold, 13},
		"Số:": {regular, 13}, "Hà Nội, ngày": {italic, 13}, "BÁO CÁO": {bold, 14}, "Kết quả": {bold, 14},
	} {
		if got := placedText(t, m, prefix).font; got != want {
			t.Errorf("%q is set in %+v, want %+v", prefix, got, want)
		}
	}
	issuer, motto := placedText(t, m, "BAN THƯỜNG VỤ"), placedText(t, m, "Độc lập")
	if r, ok := ruleUnder(m, issuer); !ok || r.w < issuer.w/3 || r.w > issuer.w/2 {
		t.Errorf("the rule under the issuing body is %+v, want a third to a half of %.1f mm", r.box, issuer.w)
	}
	if r, ok := ruleUnder(m, motto); !ok || r.w < motto.w-0.01 || r.w > motto.w+0.01 {
		t.Errorf("the rule under the motto is %+v, want %.1f mm", r.box, motto.w)
	}
}

// Those of the Party's guidance 36-HD/VPTW.
func TestHeadOfTheParty(t *testing.T) {
	m := laidOut(t, partyReport(), Options{})[0].body
	for prefix, want := range map[string]font{
		"THÀNH ỦY": {regular, 14}, "ĐẢNG ĐOÀN": {bold, 14}, "*": {bold, 14}, "ĐẢNG CỘNG SẢN": {bold, 15}, "Số 127": {regular, 14},
		"Hà Nội, ngày": {italic, 14}, "BÁO CÁO": {bold, 15}, "kết quả": {bold, 14}, "Các cấp Hội": {regular, 14}, "1. Triển khai": {bold, 14},
	} {
		if got := placedText(t, m, prefix).font; got != want {
			t.Errorf("%q is set in %+v, want %+v", prefix, got, want)
		}
	}
	head := placedText(t, m, "ĐẢNG CỘNG SẢN")
	if r, ok := ruleUnder(m, head); !ok || r.w < head.w-0.01 || r.w > head.w+0.01 {
		t.Errorf("the rule under the Party's name is %+v, want %.1f mm", r.box, head.w)
	}
	if _, ok := ruleUnder(m, placedText(t, m, "PHỤ NỮ")); ok {
		t.Error("the issuing body has a rule and a star")
	}
}

// Running text: justified, the first line indented, paragraphs apart.
func TestRunningText(t *testing.T) {
	words := strings.Repeat("phối hợp tổ chức lớp tập huấn ", 12)
	m := laidOut(t, document(report.Paragraph{Text: "Một " + words}, report.Paragraph{Text: "Hai " + words}), Options{})[0].body
	first, second := slices.Index(m.texts, placedText(t, m, "Một")), slices.Index(m.texts, placedText(t, m, "Hai"))
	for i, x := range m.texts {
		if ends := i == second-1 || i == len(m.texts)-1; x.stretch == ends || x.stretch && x.w < x.room-0.01 {
			t.Errorf("line %d: justified: %v, %.1f of %.1f mm", i+1, x.stretch, x.w, x.room)
		}
	}
	if indent := m.texts[first].x - m.texts[first+1].x; indent < 10-0.01 || indent > 12.7+0.01 {
		t.Errorf("the first line is indented by %.1f mm", indent)
	}
	if gap := (m.texts[second].y - m.texts[second-1].bottom()) / mmPerPoint; gap < 6-0.01 {
		t.Errorf("paragraphs are %.1f points apart", gap)
	}
	if size := m.texts[first].font.size; size < 13 || size > 14 {
		t.Errorf("set in %g points", size)
	}
}

// The model's sizes, and the signature beside the recipients.
func TestSignatureBlock(t *testing.T) {
	pages := laidOut(t, sample(), Options{})
	for _, p := range pages {
		if !slices.Contains(linesOf(p), "Nơi nhận:") {
			continue
		}
		word, list := placedText(t, p.body, "Nơi nhận:"), placedText(t, p.body, "- Lưu: VT.")
		authority, name := placedText(t, p.body, "TM. BAN"), placedText(t, p.body, "Nguyễn Thị")
		if word.font != (font{boldItalic, 12}) || list.font != (font{regular, 11}) || authority.font != (font{bold, 13}) || name.font != (font{bold, 13}) {
			t.Errorf("set in %+v, %+v, %+v, %+v", word.font, list.font, authority.font, name.font)
		}
		if authority.y > word.y+0.01 || authority.x < word.right() {
			t.Errorf("%+v does not stand at the right of %+v", authority.box, word.box)
		}
		if room := name.y - placedText(t, p.body, "CHỦ TỊCH").bottom(); room < 20 {
			t.Errorf("%.0f mm of room for hand and seal", room)
		}
		return
	}
	t.Error("no page has the recipients")
}
