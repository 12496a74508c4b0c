package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"
)

// withZone writes the zone behind the dates of a PDF: the engine leaves it out, and
// a reader abroad would take them for its own time. What then stands further back
// does so in the file's table of objects, too.
func withZone(content []byte, created time.Time) ([]byte, error) {
	date := created.Format("20060102150405")
	zone := strings.Replace(created.Format("-07:00"), ":", "'", 1) + "'"
	table := bytes.LastIndex(content, []byte("\nxref\n")) + 1
	if table == 0 {
		return nil, errors.New("a PDF without its table of objects")
	}
	var inserts []int
	for _, key := range []string{"/CreationDate (D:", "/ModDate (D:"} {
		at := bytes.LastIndex(content[:table], []byte(key+date+")"))
		if at < 0 {
			return nil, fmt.Errorf("a PDF without %s", key)
		}
		inserts = append(inserts, at+len(key)+len(date))
	}
	moved := func(offset int) int {
		for _, at := range inserts {
			if at < offset {
				offset += len(zone)
			}
		}
		return offset
	}
	var out bytes.Buffer
	from := 0
	for _, at := range inserts { // the engine writes the one before the other
		out.Write(content[from:at])
		out.WriteString(zone)
		from = at
	}
	out.Write(content[from:table])
	for line := range strings.Lines(string(content[table:])) {
		var offset, generation int
		var use string
		switch n, _ := fmt.Sscanf(line, "%010d %05d %1s", &offset, &generation, &use); {
		case n == 3 && use == "n":
			fmt.Fprintf(&out, "%010d %05d n \n", moved(offset), generation)
		case strings.TrimSpace(line) == fmt.Sprint(table): // behind startxref
			fmt.Fprintln(&out, moved(table))
		default:
			out.WriteString(line)
		}
	}
	return out.Bytes(), nil
}
