package ledger

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func revision(number int) Revision {
	return Revision{
		Period: "2025-06", Number: number, Fingerprint: hash("fingerprint"), AsOf: at(18, 6), PublishedAt: at(18, 7),
		ManifestSHA256: hash("manifest"), Program: "0.1.0",
		Files:       []PublishedFile{{"figures.json", hash("json"), 10}, {"report.pdf", hash("pdf"), 20}},
		Submissions: slices.Sorted(slices.Values([]string{hash("a"), hash("b")})),
	}
}

func TestRevisionComesBackAsItWas(t *testing.T) {
	l := newLedger(t)
	if _, found, err := l.Latest(ctx, "2025-06"); err != nil || found {
		t.Errorf("before the first: %v, %v", found, err)
	}
	first, second, other := revision(1), revision(2), revision(1)
	second.Submissions, second.Fingerprint = nil, "another"
	other.Period, other.Files = "2025-05", nil
	shuffled := first
	shuffled.Files = []PublishedFile{first.Files[1], first.Files[0]}
	shuffled.Submissions = []string{first.Submissions[1], first.Submissions[0], first.Submissions[1]}
	for _, r := range []Revision{shuffled, other, second} {
		if err := l.Publish(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	revisions, err := l.Revisions(ctx, "2025-06")
	if err != nil || !reflect.DeepEqual(revisions, []Revision{first, second}) {
		t.Errorf("got %+v, %v\nwant %+v", revisions, err, []Revision{first, second})
	}
	if latest, found, err := l.Latest(ctx, "2025-06"); err != nil || !found || !reflect.DeepEqual(latest, second) {
		t.Errorf("latest: %+v, %v, %v", latest, found, err)
	}
	if periods, err := l.Periods(ctx); err != nil || !slices.Equal(periods, []string{"2025-05", "2025-06"}) {
		t.Errorf("periods: %v, %v", periods, err)
	}
	want := map[string][]int{"2025-05": {1}, "2025-06": {1, 2}}
	if numbers, err := l.Numbers(ctx); err != nil || !maps.EqualFunc(numbers, want, slices.Equal) {
		t.Errorf("numbers: %v, %v", numbers, err)
	}
}

func TestPublishedRevisionIsNeverReplaced(t *testing.T) {
	l := newLedger(t)
	for _, number := range []int{1, 3} { // r2 was set aside
		if err := l.Publish(ctx, revision(number)); err != nil {
			t.Fatal(err)
		}
	}
	for _, number := range []int{1, 2, 3} {
		changed := revision(number)
		changed.Fingerprint = "changed"
		if err := l.Publish(ctx, changed); !errors.Is(err, ErrOutOfOrder) || !strings.Contains(err.Error(), "r3") {
			t.Errorf("r%d: %v", number, err)
		}
	}
	for _, none := range []Revision{{Period: "2025-06"}, {Number: 4}} {
		if err := l.Publish(ctx, none); err == nil {
			t.Errorf("recorded %+v", none)
		}
	}
	if revisions, err := l.Revisions(ctx, "2025-06"); err != nil || !reflect.DeepEqual(revisions, []Revision{revision(1), revision(3)}) {
		t.Errorf("%+v, %v", revisions, err)
	}
}

func TestPublishIsWholeOrNothing(t *testing.T) {
	l := newLedger(t)
	twice := revision(1)
	twice.Files = append(twice.Files, twice.Files[0])
	if err := l.Publish(ctx, twice); err == nil || !strings.Contains(err.Error(), "figures.json") {
		t.Errorf("got %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := l.Publish(cancelled, revision(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if fresh, err := l.Fresh(ctx); err != nil || !fresh {
		t.Errorf("something was kept: %v, %v", fresh, err)
	}
	if err := l.Publish(ctx, revision(1)); err != nil {
		t.Errorf("after the failures: %v", err)
	}
}
