package vietnamese

import (
	"math/rand/v2"
	"testing"
)

// Words are parted from their tones by the table as they are by the rules.
func TestWithoutTone(t *testing.T) {
	letters := []rune("aAăĂâÂeéÉêỆễiìoòôỗơợuụưừyỷĐđðÐbcgGhnqtßøŁıİ1-.\u0300\u0301\u0302\u031b\u0323ḃǭᾳ\u2028ﬁ한字")
	random := rand.New(rand.NewPCG(1, 2))
	tried := 0
	for range 200_000 {
		word := make([]rune, 1+random.IntN(5))
		for i := range word {
			word[i] = letters[random.IntN(len(letters))]
		}
		s := string(word)
		got, tone, ok := withoutTone(s)
		want, wantTone, wantOK := withoutToneByRules(s)
		if ok != wantOK || ok && (got != want || tone != wantTone) {
			t.Fatalf("%q: %q %U %v, want %q %U %v", s, got, tone, ok, want, wantTone, wantOK)
		}
		if ok && tone != 0 {
			tried++
		}
	}
	if tried < 1000 {
		t.Errorf("only %d words with a tone were tried", tried)
	}
}
