package feedback_test

import (
	"testing"

	"tonghop/pipeline/feedback"
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
