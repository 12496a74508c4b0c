package feedback_test

import (
	"testing"

	"tonghop/pipeline/feedback"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/pdf"
)

// An answer's workbook is made for every file of a run.
func BenchmarkAnnotated(b *testing.B) {
	cat := shipped(b)
	sent := filled(b, cat)
	_, in := take(b, cat, sent)
	b.ReportAllocs()
	for b.Loop() {
		annotated(b, in, sent)
	}
}

// A receipt is drawn for every file of a run.
func BenchmarkReceipt(b *testing.B) {
	cat := shipped(b)
	_, in := take(b, cat, filled(b, cat))
	office := report.Office{Superior: "HỘI LIÊN HIỆP PHỤ NỮ HÀ NỘI", Issuer: "BAN THƯỜNG VỤ", Symbol: "BC-BTV", Place: "Hà Nội"}
	page := feedback.Compose(in).Page(report.Head(office, in.Phrases))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pdf.Draw(page, pdf.Options{Created: received}); err != nil {
			b.Fatal(err)
		}
	}
}

// An answer that is there already is recognized for every file of a run that
// changes nothing.
func BenchmarkSays(b *testing.B) {
	cat := shipped(b)
	sent := filled(b, cat)
	_, in := take(b, cat, sent)
	there := annotated(b, in, sent)
	b.ReportAllocs()
	for b.Loop() {
		if !feedback.Compose(in).Says(there) {
			b.Fatal("not recognized")
		}
	}
}
