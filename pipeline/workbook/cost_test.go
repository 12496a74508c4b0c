package workbook

import (
	"errors"
	"math"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// blankRows is what a border or a height given to whole columns leaves behind:
// a table of one figure, and a million rows without content, each with the given
// cells, in which "#" is the row's number.
func blankRows(t testing.TB, cells string) []byte {
	t.Helper()
	var rows strings.Builder
	rows.WriteString(`<row r="1"><c r="A1"><v>7</v></c></row>`)
	for row := 2; row <= 1_000_001; row++ {
		number := strconv.Itoa(row)
		rows.WriteString(`<row r="` + number + `" ht="18">`)
		rows.WriteString(strings.ReplaceAll(cells, "#", number))
		rows.WriteString(`</row>`)
	}
	return small(rows.String()).zipped(t)
}

// TestCostOfBlankFormattedRows asks that a million blank rows are read, or
// refused with what is to be mended, in bounded time and memory either way.
func TestCostOfBlankFormattedRows(t *testing.T) {
	heights, borders := blankRows(t, ``), blankRows(t, `<c r="A#"/>`)
	narrow := DefaultLimits()
	narrow.Part = 32 << 20
	for _, test := range []struct {
		what   string
		data   []byte
		limits Limits
		limit  string
	}{
		{"a height for all rows", heights, DefaultLimits(), ""},
		{"a border for all cells", borders, DefaultLimits(), "cells"},
		{"more bytes than a sheet may have", borders, narrow, "part"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		book, err := Open(test.data, test.limits)
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		used := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("%s: %d KiB, %v, %d MiB", test.what, len(test.data)>>10, took, used)
		if took > 10*time.Second || used > 100 {
			t.Errorf("%s: %v and %d MiB", test.what, took, used)
		}
		if test.limit == "" {
			if err != nil || len(book.Sheets[0].Cells) != 1 || book.Sheets[0].DataRows != 1 {
				t.Errorf("%s: %v", test.what, err)
			}
			continue
		}
		refusal := asRefusal(t, err)
		if refusal.Code != WorkbookTooLarge || refusal.Limit != test.limit || refusal.Sheet != "Báo cáo" {
			t.Errorf("%s: %+v", test.what, refusal)
		}
		// Who reads it must learn how much there is and where it ends.
		if test.limit == "cells" && !strings.Contains(refusal.Detail, "up to here 1 of this sheet have content, the last of them A1") {
			t.Errorf("%s: %s", test.what, refusal.Detail)
		}
	}
}

// TestAllocations keeps reading as cheap as it is: a sample form took 300
// allocations and 130 KiB, of which the Book keeps half, when this was written.
// The least of several readings counts: in some the pool has just been emptied.
func TestAllocations(t *testing.T) {
	const count, size = 400, 200 << 10
	for name, data := range sampleForms(t, 3) {
		var before, after runtime.MemStats
		allocations, bytes := uint64(math.MaxUint64), uint64(math.MaxUint64)
		for range 30 {
			runtime.ReadMemStats(&before)
			mustOpen(t, data)
			runtime.ReadMemStats(&after)
			allocations = min(allocations, after.Mallocs-before.Mallocs)
			bytes = min(bytes, after.TotalAlloc-before.TotalAlloc)
		}
		if allocations > count || bytes > size {
			t.Errorf("%s: %d allocations of %d bytes, more than %d of %d", name, allocations, bytes, count, size)
		}
	}
}

func asRefusal(t testing.TB, err error) *Refusal {
	t.Helper()
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("not a refusal: %v", err)
	}
	return refusal
}
