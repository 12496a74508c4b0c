package ledger

import (
	"slices"
	"testing"
	"time"
)

func decided(id string) Decided {
	return Decided{
		ID: id, Content: id + ",2025-06-17,đính chính", FirstSeen: at(18, 6), ReceivedAt: at(17, 9),
		Path: "_van-phong/quyet-dinh.csv", SHA256: hash("office"),
	}
}

func decide(t *testing.T, l *Ledger, all ...Decided) []Decided {
	t.Helper()
	if err := l.Decide(ctx, all); err != nil {
		t.Fatal(err)
	}
	got, err := l.Decisions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestDecisionComesBackAsItWas(t *testing.T) {
	command := Decided{ID: "L-1", Content: "L-1", FirstSeen: at(18, 6), ReceivedAt: at(18, 6)}
	want := []Decided{decided("QD-2"), decided("QD-1"), command}
	if got := decide(t, newLedger(t), want...); !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestDecisionIsNeverChanged(t *testing.T) {
	l := newLedger(t)
	decide(t, l, decided("QD-1"))
	changed := decided("QD-1")
	changed.Content, changed.SHA256 = "other", hash("edited")
	changed.FirstSeen, changed.ReceivedAt = at(20, 6), at(20, 5)
	if got, want := decide(t, l, changed), []Decided{decided("QD-1")}; !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestDecideTakesAllOrNone(t *testing.T) {
	for name, spoil := range map[string]func(*Decided){
		"no id":         func(d *Decided) { d.ID = "" },
		"no content":    func(d *Decided) { d.Content = "" },
		"not a sha256":  func(d *Decided) { d.SHA256 = "abc" },
		"no first seen": func(d *Decided) { d.FirstSeen = time.Time{} },
		"no receipt":    func(d *Decided) { d.ReceivedAt = time.Time{} },
	} {
		l := newLedger(t)
		bad := decided("QD-2")
		spoil(&bad)
		if err := l.Decide(ctx, []Decided{decided("QD-1"), bad}); err == nil {
			t.Errorf("%s: taken", name)
		}
		if got, err := l.Decisions(ctx); err != nil || len(got) != 0 {
			t.Errorf("%s: kept %v, %v", name, got, err)
		}
	}
}

func TestNextDecision(t *testing.T) {
	l := newLedger(t)
	for _, want := range []string{"L-1", "L-2"} {
		got, err := l.NextDecision(ctx)
		if err != nil || got != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
		decide(t, l, decided(got))
	}
	// Ids that the office chose do not disturb.
	decide(t, l, decided("L-9"), decided("L-x"), decided("QD-40"))
	if got, _ := l.NextDecision(ctx); got != "L-10" {
		t.Errorf("got %s", got)
	}
}
