package pdf

import (
	"fmt"

	"tonghop/pipeline/report"
)

// manner is what differs between the models of official documents.
type manner struct {
	body          float64 // points, of running text
	kind, subject font    // of the title: BÁO CÁO and what it is about
	left, right   []font  // of the letterhead's lines
	number, date  font
	about         font    // of a letter: what it is about
	closing       closing // under the issuing body
}

// closing is what stands under the line of a letterhead that is set off: a rule
// as a share of the line's length, or a star.
type closing float64

const (
	star       closing = 0
	issuerRule closing = 0.4 // a third to a half
	wholeRule  closing = 1
)

// state is the model of Decree 30/2020, Appendix I.
var state = manner{
	body: bodySize,
	kind: font{bold, 14}, subject: font{bold, 14},
	left:   []font{{regular, 12}, {bold, 12}, {regular, 12}},
	right:  []font{{bold, 12}, {bold, 13}, {regular, 12}},
	number: font{regular, 13}, date: font{italic, 13}, about: font{regular, 12},
	closing: issuerRule,
}

// party is the model of the Party's documents, guidance 36-HD/VPTW of 2018,
// appendix 3.
var party = manner{
	body: 14,
	kind: font{bold, 15}, subject: font{bold, 14},
	left:   []font{{regular, 14}, {bold, 14}, {regular, 14}},
	right:  []font{{bold, 15}, {regular, 14}},
	number: font{regular, 14}, date: font{italic, 14}, about: font{italic, 12},
	closing: star,
}

func mannerOf(doc report.Document, o Options) (manner, error) {
	m := state
	if doc.Party {
		m = party
	}
	switch {
	case o.BodySize == 0:
	case o.BodySize < 13 || o.BodySize > 15:
		return manner{}, fmt.Errorf("text of %g points: the models ask for 13 to 15", o.BodySize)
	default:
		m.body = o.BodySize
	}
	return m, nil
}
