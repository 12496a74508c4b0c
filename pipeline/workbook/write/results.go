package write

import (
	"bytes"
	"encoding/xml"
	"fmt"
)

// withResults writes into a sheet's XML what its formulas are worth: a <v> in
// each, with the type of the result. The XML is excelize's own, just written:
// <c r="I14" s="5" t="str"><f>…</f></c>.
func withResults(sheet []byte, results map[string]Value) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(sheet) + 32*len(results))
	rest := sheet
	for {
		start := bytes.Index(rest, []byte("<c r=\""))
		if start < 0 {
			break
		}
		out.Write(rest[:start])
		rest = rest[start:]
		open := bytes.IndexByte(rest, '>') + 1
		if open == 0 {
			return nil, fmt.Errorf("unfinished cell")
		}
		tag := rest[:open]
		ref, _, _ := bytes.Cut(tag[len("<c r=\""):], []byte{'"'})
		result, ok := results[string(ref)]
		if !ok || tag[open-2] == '/' {
			out.Write(tag)
			rest = rest[open:]
			continue
		}
		from, to := bytes.Index(rest, []byte("<f")), bytes.Index(rest, []byte("</f>"))
		end := bytes.Index(rest, []byte("</c>"))
		if end < 0 {
			return nil, fmt.Errorf("unfinished cell %s", ref)
		}
		if from < 0 || to < 0 || to > end { // overwritten by a plain value since
			out.Write(rest[:end])
			rest = rest[end:]
			continue
		}
		out.Write(typed(tag, result))
		out.Write(rest[from : to+len("</f>")])
		out.WriteString("<v>")
		if err := xml.EscapeText(&out, []byte(result.stored)); err != nil {
			return nil, fmt.Errorf("cell %s: %w", ref, err)
		}
		out.WriteString("</v>")
		rest = rest[end:]
	}
	out.Write(rest)
	return out.Bytes(), nil
}

// typed gives a cell's start tag the type of a result: none for a number, str
// for text.
func typed(tag []byte, result Value) []byte {
	const text = ` t="str"`
	plain := bytes.Replace(tag, []byte(text), nil, 1)
	if result.number {
		return plain
	}
	return append(append(bytes.TrimSuffix(plain, []byte{'>'}), text...), '>')
}
