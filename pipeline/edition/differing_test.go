package edition_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/summary/summarytest"
)

// textOf writes a figures.json in pieces of any size.
func textOf(data []byte) edition.Text {
	return func(to io.Writer) error {
		for r, rest := rand.New(rand.NewPCG(1, 2)), data; len(rest) > 0; {
			n := min(1+r.IntN(200), len(rest))
			if _, err := to.Write(rest[:n]); err != nil {
				return err
			}
			rest = rest[n:]
		}
		return nil
	}
}

// laidOut is an edition as package export lays it out: figures are put together by
// span and indicator, a line each.
func laidOut(t testing.TB, lines string, reorder func([]map[string]any)) edition.Text {
	t.Helper()
	doc := document(lines, reorder)
	figures := doc["figures"].([]map[string]any)
	delete(doc, "figures")
	slices.SortStableFunc(figures, func(a, b map[string]any) int {
		return strings.Compare(fmt.Sprint(a["span"], a["indicator"]), fmt.Sprint(b["span"], b["indicator"]))
	})
	var items []string
	for _, f := range figures {
		key, err := json.Marshal(struct {
			Indicator any `json:"indicator"`
			Unit      any `json:"unit"`
			Group     any `json:"group"`
			Span      any `json:"span"`
		}{f["indicator"], f["unit"], f["group"], f["span"]})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"indicator", "unit", "group", "span"} {
			delete(f, name)
		}
		more, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, "\n "+string(key[:len(key)-1])+","+string(more[1:]))
	}
	rest, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return textOf(fmt.Appendf(nil, "{\n\"figures\": [%s],\n\"trends\": [\n {\"indicator\":\"LD\"}],\n%s\n", strings.Join(items, ","), rest[1:]))
}

// Whatever two editions say, the same is told of what differs as of the whole.
func TestDifferingTellsWhatTheWholeTells(t *testing.T) {
	cat := summarytest.Catalogue(t)
	r := rand.New(rand.NewPCG(2026, 11))
	asIs := func([]map[string]any) {}
	shuffle := func(all []map[string]any) { r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] }) }
	for n := range 300 {
		one, two := strings.Join(random(t, r), "\n"), strings.Join(random(t, r), "\n")
		want := allTold(edition.Compare(read(t, one), read(t, two), cat))
		reorder := asIs
		if n%3 == 0 {
			reorder = shuffle
		}
		was, now, err := edition.Differing(laidOut(t, one, asIs), laidOut(t, two, reorder))
		if err != nil {
			t.Fatal(err)
		}
		if got := allTold(edition.Compare(was, now, cat)); !slices.Equal(got, want) {
			t.Fatalf("of what differs\n%s\nof the whole\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// What both editions give of a unit is not read, and what is laid out otherwise is
// read whole.
func TestDifferingLeavesOutWhatIsTheSame(t *testing.T) {
	in := published(t)
	data := written(t, in)
	units := func(e *edition.Edition) (n int) {
		for _, f := range e.Figures {
			if f.Unit != "" {
				n++
			}
		}
		return n
	}
	was, now, err := edition.Differing(textOf(data), textOf(data))
	if err != nil {
		t.Fatal(err)
	}
	if units(was) != 0 || units(now) != 0 || len(was.Figures) == 0 || len(was.Files) != len(in.Files) {
		t.Errorf("%d and %d figures of units, %d in all, %d files", units(was), units(now), len(was.Figures), len(was.Files))
	}
	other := bytes.Replace(data, []byte(`"unit":"U-1","group":null,"span":"month","value":"70"`), []byte(`"unit":"U-1","group":null,"span":"month","value":"71"`), 1)
	if was, now, err = edition.Differing(textOf(data), textOf(other)); err != nil || units(was) != 1 || units(now) != 1 {
		t.Errorf("%d and %d figures of units, %v; want the one that differs", units(was), units(now), err)
	}
	var loose bytes.Buffer
	if err := json.Indent(&loose, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	was, now, err = edition.Differing(textOf(loose.Bytes()), textOf(other))
	if err != nil {
		t.Fatal(err)
	}
	if changes := edition.Compare(was, now, in.Summary.Catalogue); len(changes) != 1 || changes[0].Unit != "U-1" {
		t.Errorf("changes are %q", allTold(changes))
	}
}

func TestDifferingTellsErrors(t *testing.T) {
	data := written(t, published(t))
	good := textOf(data)
	broken := errors.New("broken")
	for name, bad := range map[string]edition.Text{
		"broken":   func(to io.Writer) error { _, err := to.Write(data[:len(data)/3]); return errors.Join(err, broken) },
		"half":     textOf(data[:len(data)/3]),
		"no list":  textOf(bytes.Replace(data, []byte("},\n "), []byte("}\n "), 1)),
		"no value": textOf(bytes.Replace(data, []byte(`"value":"130"`), []byte(`"value":"năm"`), 1)),
	} {
		if _, _, err := edition.Differing(good, bad); err == nil {
			t.Errorf("%s as the newer is read", name)
		}
		if _, _, err := edition.Differing(bad, good); err == nil {
			t.Errorf("%s as the older is read", name)
		}
	}
}
