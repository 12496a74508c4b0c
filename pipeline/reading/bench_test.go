//go:build !race

// The race detector makes allocations of its own and keeps pools from keeping.

package reading

import "testing"

// Most cells hold a plain number. It is read without a byte allocated; what text
// costs is its finding and little more.
func TestAllocations(t *testing.T) {
	for _, c := range []struct {
		cell Cell
		most float64
	}{
		{Cell{Kind: Number, Raw: "1234"}, 0},
		{Cell{Kind: Number, Raw: "82.91"}, 0},
		{Cell{}, 0},
		{Cell{Kind: Text, Raw: "-"}, 2},
		{Cell{Kind: Text, Raw: "1.234"}, 20},
		{Cell{Kind: Text, Raw: "khoảng 1.234 người"}, 40},
	} {
		ind := indicators["count"]
		if c.cell.Raw == "82.91" {
			ind = indicators["rate"]
		}
		if got := testing.AllocsPerRun(100, func() { Read(c.cell, ind, june) }); got > c.most {
			t.Errorf("%q: %v allocations, want %v at most", c.cell.Raw, got, c.most)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for name, cell := range map[string]Cell{
		"number": {Kind: Number, Raw: "1234"}, "noise": {Kind: Number, Raw: "82.909999999999997"}, "dash": {Kind: Text, Raw: "-"},
		"words": {Kind: Text, Raw: "không phát sinh"}, "text": {Kind: Text, Raw: "1.234"}, "phrase": {Kind: Text, Raw: "khoảng 1.234 người (có 3 nữ)"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			ind := indicators["count"]
			if name == "noise" {
				ind = indicators["rate"]
			}
			for b.Loop() {
				Read(cell, ind, june)
			}
		})
	}
}
