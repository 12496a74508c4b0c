package submission

import (
	"fmt"
	"testing"

	"tonghop/pipeline/figure"
)

// BenchmarkDecodeReading is what a file costs that is as it was, but for its hash.
func BenchmarkDecodeReading(b *testing.B) {
	s := &Submission{Unit: "U-1", File: "a.xlsx", SHA256: "1", Version: 1}
	for i := range 60 {
		s.Values = s.Values.With(Value{
			Indicator: fmt.Sprintf("P%d", i), Figure: figure.Of(figure.Int(int64(i * 37))), Sheet: "Báo cáo", Cell: fmt.Sprintf("E%d", i+12),
			Row: i + 12, Col: 5, Raw: fmt.Sprint(i * 37),
		})
	}
	data, exact := Reading{Received: Received{Submission: s}}.Encode()
	if !exact {
		b.Fatal("no exact reading")
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DecodeReading(data); err != nil {
			b.Fatal(err)
		}
	}
}
