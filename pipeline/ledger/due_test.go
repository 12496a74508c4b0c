package ledger

import (
	"reflect"
	"testing"
	"time"
)

// dues records a run that was due, failed and was made, and one that is owed.
func dues(t *testing.T, l *Ledger) []Due {
	t.Helper()
	june := Due{Period: "2025-06", At: at(18, 0)}
	quarter := Due{Period: "2025-Q2", At: at(18, 1)}
	failed, done := june, june
	failed.Attempts, failed.Tried, failed.Outcome, failed.Detail = 1, at(18, 5), DueFailed, "disk full"
	done.Attempts, done.Tried, done.Outcome = 2, at(18, 6), DuePublished
	done.At = at(19, 0) // the schedule was changed meanwhile
	for _, all := range [][]Due{{june, quarter}, {failed}, {done}} {
		if err := l.RecordDue(ctx, all...); err != nil {
			t.Fatal(err)
		}
	}
	done.At = june.At
	return []Due{done, quarter}
}

func TestDues(t *testing.T) {
	path := t.TempDir() + "/ledger.db"
	l := open(t, path)
	want := dues(t, l)
	for i := range 2 { // as recorded, then as rebuilt
		got, err := l.Dues(ctx)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%d: %+v, %v", i, got, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if _, err := Rebuild(ctx, path); err != nil {
				t.Fatal(err)
			}
			l = open(t, path)
		}
	}
	sound(t, path)
}

func TestDuesThatCannotBe(t *testing.T) {
	l := open(t, t.TempDir()+"/ledger.db")
	for _, d := range []Due{{}, {Period: "2025-06"}, {At: at(18, 0)}, {Period: "2025-06", At: at(18, 0), Outcome: "perhaps"}} {
		if err := l.RecordDue(ctx, Due{Period: "2025-05", At: time.Unix(0, 0)}, d); err == nil {
			t.Errorf("%+v was recorded", d)
		}
	}
	if all, err := l.Dues(ctx); err != nil || len(all) > 0 {
		t.Errorf("%+v, %v", all, err)
	}
}
