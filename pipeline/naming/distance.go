package naming

// longestCompared is the length in runes beyond which a text is nobody's name.
const longestCompared = 80

// Distance counts the letters to add, drop or replace to turn one text into
// the other (Levenshtein); for empty and over-long texts it is large.
func Distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	if len(from) == 0 || len(to) == 0 || len(from) > longestCompared || len(to) > longestCompared {
		return longestCompared + 1
	}
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range to {
			change := diagonal
			if x != y {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(to)]
}
