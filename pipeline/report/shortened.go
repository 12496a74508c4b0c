package report

// mostRaw is how many letters of a cell are printed in a letter or on a receipt:
// somebody may have put a whole letter into it, and she has it before her.
const mostRaw = 200

// Shortened is the beginning of what a cell holds.
func Shortened(raw string) string {
	if letters := []rune(raw); len(letters) > mostRaw {
		return string(letters[:mostRaw]) + "…"
	}
	return raw
}
