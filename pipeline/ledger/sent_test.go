package ledger

import (
	"os"
	"reflect"
	"testing"

	"tonghop/pipeline/dispatch"
)

func reminder() dispatch.Dispatch {
	return dispatch.Dispatch{
		Key: dispatch.Key{
			Kind: dispatch.ReminderAfter, Period: "2025-06", Unit: "HN-001", Recipient: "ba-dinh@x.vn", Thing: "2025-06-17",
		},
		State: dispatch.Sending, Attempts: 1, At: at(13, 1), MessageID: "1@x.vn",
	}
}

// notes notes the beginning and the end of one dispatch, and the failure of another.
func notes(t *testing.T, l *Ledger) (want []dispatch.Dispatch) {
	t.Helper()
	done := reminder()
	done.State, done.At, done.FirstAt, done.Answer = dispatch.Sent, at(13, 2), at(13, 1), "250 queued"
	other := reminder()
	other.Recipient, other.State, other.Answer = "khac@x.vn", dispatch.Failed, "550 no such user"
	for _, d := range []dispatch.Dispatch{reminder(), done, other} {
		if err := l.Note(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	other.FirstAt = other.At
	return []dispatch.Dispatch{done, other}
}

func TestDispatchesAreNotedOnceForEachKey(t *testing.T) {
	path := t.TempDir() + "/ledger.db"
	l := open(t, path)
	want := notes(t, l)
	for i := range 2 { // as noted, then as rebuilt from a journal
		if got, err := l.Dispatches(ctx); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%d: %+v, %v", i, got, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if i == 0 { // a lost journal is begun anew with all that was noted
			if err := os.Remove(journalPath(path)); err != nil {
				t.Fatal(err)
			}
			reopen(t, path)
		}
		if found, err := Examine(ctx, path); err != nil || len(found.Problems) > 0 {
			t.Errorf("%+v, %v", found, err)
		}
		if _, err := Rebuild(ctx, path); err != nil {
			t.Fatal(err)
		}
		l = open(t, path)
	}
	for _, bad := range []dispatch.Dispatch{
		{}, {Key: reminder().Key, State: dispatch.Sent}, {Key: reminder().Key, At: at(13, 1)}, {State: dispatch.Sent, At: at(13, 1)},
	} {
		if err := l.Note(ctx, bad); err == nil {
			t.Errorf("noted %+v", bad)
		}
	}
}
