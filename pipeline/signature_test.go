package pipeline

import (
	"testing"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/report"
)

// What a signature leaves open is as the draft had it.
func TestSignatureIsCompletedFromTheSettings(t *testing.T) {
	for _, c := range []struct {
		number, authority, title string // as decided
		symbol, drafted          string // of the settings
		wantNumber, want         string
	}{
		{"07", "", "PHÓ CHỦ TỊCH", "BC-BTV", "TM.", "07/BC-BTV", "TM."},
		{"07/BC-HPN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "BC-BTV", "TM.", "07/BC-HPN", "KT. CHỦ TỊCH"},
		{"07-BC/TU", decision.OwnRight, "CHỦ TỊCH", "BC-BTV", "TM.", "07-BC/TU", ""},
		{"07a", "", "CHỦ TỊCH", "", "", "07a", ""},
		{"07", "", "Chủ tịch", "", "KT. CHỦ TỊCH", "07", ""},
		{"07", "", "Phó Chủ tịch", "", "KT. CHỦ TỊCH", "07", "KT. CHỦ TỊCH"},
	} {
		got := signature(decision.Signature{Number: c.number, Authority: c.authority, Title: c.title}, report.Office{Symbol: c.symbol, Authority: c.drafted})
		if got.Number != c.wantNumber || got.Authority != c.want {
			t.Errorf("%+v: %q, %q", c, got.Number, got.Authority)
		}
	}
}
