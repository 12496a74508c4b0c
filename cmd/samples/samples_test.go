package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
	"tonghop/templates"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// inputs is the folder that the command fills.
const inputs = "../../inputs"

// golden compares text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	for i, line := range strings.Split(got, "\n") {
		if wanted := strings.Split(string(want), "\n"); i >= len(wanted) || line != wanted[i] {
			t.Fatalf("%s, line %d, is now\n%s\nrun go test -update if that is right", path, i+1, line)
		}
	}
	t.Fatalf("%s has lost its last lines", path)
}

// once makes the samples one time for all tests.
var once = sync.OnceValues(func() ([]file, error) {
	cat, err := definitions()
	if err != nil {
		return nil, err
	}
	return samples(cat)
})

func made(t *testing.T) []file {
	t.Helper()
	files, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func loaded(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	cat, err := definitions()
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

func find(t *testing.T, files []file, path string) []byte {
	t.Helper()
	for _, f := range files {
		if f.path == path {
			return f.data
		}
	}
	t.Fatalf("no file %s", path)
	return nil
}

func TestAgainGivesTheSameBytes(t *testing.T) {
	first := made(t)
	second, err := samples(loaded(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(first) != len(second) {
		t.Fatalf("%d files, then %d", len(first), len(second))
	}
	for i, f := range first {
		if f.path != second[i].path || !bytes.Equal(f.data, second[i].data) {
			t.Errorf("%s differs from %s made again", f.path, second[i].path)
		}
	}
}

// The folder holds what the command writes: no more, no less, and not what it
// wrote before the definitions or the form changed.
func TestInputsAreUpToDate(t *testing.T) {
	files := made(t)
	var here []string
	err := filepath.WalkDir(inputs, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(d.Name(), ".") {
			name, _ := filepath.Rel(inputs, path)
			here = append(here, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		i := slices.Index(here, f.path)
		if i < 0 {
			t.Errorf("%s is not in inputs", f.path)
			continue
		}
		here = slices.Delete(here, i, i+1)
		data, err := os.ReadFile(filepath.Join(inputs, filepath.FromSlash(f.path)))
		if err != nil {
			t.Fatal(err)
		}
		// Not the bytes: another release of Go may compress otherwise.
		if isReport(f) && dump(t, data, everyCell) != dump(t, f.data, everyCell) || !isReport(f) && !bytes.Equal(data, f.data) {
			t.Errorf("%s is out of date: go run ./cmd/samples", f.path)
		}
	}
	for _, name := range here {
		t.Errorf("%s in inputs is not a sample", name)
	}
}

func TestSizes(t *testing.T) {
	files := made(t)
	total := 0
	for _, f := range files {
		if len(f.data) > 32<<10 {
			t.Errorf("%s has %d bytes", f.path, len(f.data))
		}
		total += len(f.data)
	}
	if total > 3<<20 {
		t.Errorf("the samples have %d bytes", total)
	}
	if n := len(find(t, files, "2025-06/~$gia-lam.xlsx")); n != 165 {
		t.Errorf("the lock file has %d bytes", n)
	}
}

// What units say fits together, so that every finding is one that was put
// there.
func TestLives(t *testing.T) {
	cat := loaded(t)
	for _, u := range cat.ExpectedUnits(firstMonth, timetable(cat).Scheme) {
		l := newLife(u)
		cases := l.casesSinceJanuary
		for m, now := range l.months {
			for _, ind := range cat.Indicators {
				n, lived := now[ind.Code]
				if !lived {
					continue
				}
				if n < 0 || ind.PartOf != "" && n > now[ind.PartOf] {
					t.Errorf("%s in month %d: %s is %d, %s %d", u.ID, m, ind.Code, n, ind.PartOf, now[ind.PartOf])
				}
				if m > 0 && ind.Nature == catalogue.Cumulative && n < l.months[m-1][ind.Code] {
					t.Errorf("%s in month %d: %s fell to %d", u.ID, m, ind.Code, n)
				}
			}
			if m > 0 && now["CT01_HV"] != l.months[m-1]["CT01_HV"]+now["CT01_KN"]+now["CT01_CDEN"]-now["CT01_CDI"]-now["CT01_GK"] {
				t.Errorf("%s in month %d: the members do not follow from the month before", u.ID, m)
			}
			if now["CT02_LD_DN"]+now["CT02_LD_TV"]+now["CT02_LD_GT"]+now["CT02_LD_KY"] < now["CT02_LD"] {
				t.Errorf("%s in month %d: workers without help", u.ID, m)
			}
			cases += now["CT01_VU"]
			if unions := now["CT01_CSV"]; unions > cases || (unions == 0) != (cases == 0) {
				t.Errorf("%s in month %d: %d unions had %d cases", u.ID, m, unions, cases)
			}
		}
	}
}

// shipped is the definitions as the office runs them: with its own openings.
func shipped(t *testing.T, openings []byte) *catalogue.Catalogue {
	t.Helper()
	folder, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		t.Fatal(err)
	}
	own := fstest.MapFS{"openings.csv": &fstest.MapFile{Data: openings}}
	source := catalogue.FromFolder(folder, "hanoi").Join(catalogue.FromFolder(own, "_van-phong"), "openings")
	cat, problems := catalogue.Load(source)
	for _, p := range problems {
		t.Error(p.Error())
	}
	if cat == nil {
		t.FailNow()
	}
	return cat
}

// Every flow is covered from the plan's first month to the month before the
// first report: by the city's openings or, for cases, by every district's.
func TestOpeningsLeaveNoGap(t *testing.T) {
	files := made(t)
	cat := shipped(t, find(t, files, "_van-phong/openings.csv"))
	covered := map[string]int{}
	for _, o := range cat.Openings {
		if o.Source != fictional {
			t.Errorf("opening of %s from %q", o.Indicator, o.Source)
		}
		if o.Span == catalogue.OpeningPlan && o.Through != endOfLastYear || o.Span == catalogue.OpeningYear && o.Through != monthBefore {
			t.Errorf("opening of %s through %s", o.Indicator, o.Through)
		}
		covered[o.Indicator]++
	}
	for _, ind := range cat.Indicators {
		if ind.Kind != catalogue.Input || ind.Nature != catalogue.Flow {
			continue
		}
		want := 2
		if strings.HasPrefix(ind.Code, "CT01_VU") {
			want = 2 * 30
		}
		if covered[ind.Code] != want {
			t.Errorf("%s has %d openings, want %d", ind.Code, covered[ind.Code], want)
		}
	}
}

func TestEveryFileIsRegistered(t *testing.T) {
	files := made(t)
	rows, err := csv.NewReader(bytes.NewReader(find(t, files, "so-nhan.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	registered := map[string]bool{}
	for _, row := range rows[1:] {
		registered[row[0]] = true
	}
	for _, f := range files {
		if strings.HasSuffix(f.path, ".xlsx") && !strings.Contains(f.path, "~$") && !registered[f.path] {
			t.Errorf("%s is not registered", f.path)
		}
		delete(registered, f.path)
	}
	for name := range registered {
		t.Errorf("%s is registered and not there", name)
	}
}

func isReport(f file) bool {
	return strings.HasSuffix(f.path, ".xlsx") && f.path != stray && !strings.Contains(f.path, "~$")
}
