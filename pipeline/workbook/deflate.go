package workbook

import "errors"

// inflater decodes DEFLATE data (RFC 1951) from memory to memory. That the whole
// input is at hand and the length of the output is known makes it twice as fast
// as compress/flate, in which reading a workbook spent half its time; that one
// passes every byte through a window of its own. It decodes what compress/flate
// decodes, to the same bytes, and refuses the rest; the tests hold it to that.
//
// The zero value is ready, and one after the other any number of parts can be
// decoded with it.
type inflater struct {
	bitReader
	out       []byte
	filled    int // of out
	literals  huffman
	distances huffman
	lengths   [maxLiterals + maxDistances]uint8
}

const (
	maxLiterals  = 288 // the last two have codes and no meaning
	maxDistances = 32  // the same
	endOfBlock   = 256

	literalBits  = 10 // codes up to here take one look, longer ones two
	distanceBits = 8
	maxCodeBits  = 15
)

var (
	errDeflateShort  = errors.New("the packed data ends too early")
	errDeflateCodes  = errors.New("the packed data has a set of codes that cannot be")
	errDeflateSymbol = errors.New("the packed data has a code without meaning")
	errDeflateBlock  = errors.New("the packed data has a block that cannot be")
	errDeflateSize   = errors.New("the part does not end where its header says")
	errDeflateBehind = errors.New("other bytes follow the part's packed data")
)

// inflate decodes packed, which must fill out exactly and be used up by it.
func (d *inflater) inflate(out, packed []byte) error {
	d.bitReader = bitReader{source: packed}
	d.out, d.filled = out, 0
	defer func() { d.source, d.out = nil, nil }() // kept for reuse, it must not keep the file
	for last := false; !last; {
		d.refill()
		last = d.take(1) == 1
		var err error
		switch d.take(2) {
		case 0:
			err = d.storedBlock()
		case 1:
			if err = d.fixedCodes(); err == nil {
				err = d.block()
			}
		case 2:
			if err = d.dynamicCodes(); err == nil {
				err = d.block()
			}
		default:
			err = errDeflateBlock
		}
		if err != nil {
			return err
		}
	}
	if d.filled != len(out) {
		return errDeflateSize
	}
	if d.used() != len(packed) {
		return errDeflateBehind
	}
	return nil
}

// bitReader takes bits from the front of the source, lowest first.
type bitReader struct {
	source []byte
	next   int    // the byte of source to be loaded next
	held   uint64 // the loaded bits not yet taken; above count stand the same bits as in the source, or zeros
	count  int    // of them; negative when more were taken than there were
}

// refill loads at least 56 bits, or all that are left.
func (r *bitReader) refill() {
	if r.next+8 <= len(r.source) && r.count >= 0 {
		r.held |= le.Uint64(r.source[r.next:]) << r.count
		r.next += (63 - r.count) >> 3
		r.count |= 56
		return
	}
	for r.count <= 56 && r.next < len(r.source) && r.count >= 0 {
		r.held |= uint64(r.source[r.next]) << r.count
		r.next++
		r.count += 8
	}
}

// take gives n bits without loading any.
func (r *bitReader) take(n int) int {
	value := int(r.held & (1<<n - 1))
	r.held >>= n
	r.count -= n
	return value
}

// used is the number of bytes of the source of which bits were taken.
func (r *bitReader) used() int { return r.next - r.count>>3 }

func (d *inflater) storedBlock() error {
	if d.count < 0 {
		return errDeflateShort
	}
	rest := d.source[d.used():]
	if len(rest) < 4 {
		return errDeflateShort
	}
	length := int(le.Uint16(rest))
	if le.Uint16(rest) != ^le.Uint16(rest[2:]) {
		return errDeflateBlock
	}
	if rest = rest[4:]; len(rest) < length {
		return errDeflateShort
	}
	if len(d.out)-d.filled < length {
		return errDeflateSize
	}
	d.filled += copy(d.out[d.filled:], rest[:length])
	d.bitReader = bitReader{source: d.source, next: len(d.source) - len(rest) + length}
	return nil
}

// fixedCodes sets the codes of RFC 1951, 3.2.6.
func (d *inflater) fixedCodes() error {
	lengths := d.lengths[:]
	for symbol := range maxLiterals {
		switch {
		case symbol < 144:
			lengths[symbol] = 8
		case symbol < 256:
			lengths[symbol] = 9
		case symbol < 280:
			lengths[symbol] = 7
		default:
			lengths[symbol] = 8
		}
	}
	for i := range maxDistances {
		lengths[maxLiterals+i] = 5
	}
	return d.setCodes(maxLiterals, maxDistances)
}

// dynamicCodes reads the codes that a block brings with it (3.2.7).
func (d *inflater) dynamicCodes() error {
	d.refill()
	literals, distances, ordered := d.take(5)+257, d.take(5)+1, d.take(4)+4
	if literals > 286 || distances > 30 {
		return errDeflateCodes
	}
	var lengths [19]uint8
	for _, symbol := range []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}[:ordered] {
		d.refill()
		lengths[symbol] = uint8(d.take(3))
	}
	codes := &d.distances // not yet in use
	if !codes.set(lengths[:], distanceBits, lengthEntries[:]) {
		return errDeflateCodes
	}
	for i, all := 0, literals+distances; i < all; {
		d.refill()
		entry := codes.table[d.held&(1<<distanceBits-1)] // no code has more than 7 bits
		if entry == 0 {
			return errDeflateSymbol
		}
		d.take(int(entry & codeMask))
		symbol := uint8(entry >> valueShift)
		if symbol < 16 {
			d.lengths[i] = symbol
			i++
			continue
		}
		repeated, times := uint8(0), 0
		switch symbol {
		case 16:
			if i == 0 {
				return errDeflateCodes
			}
			repeated, times = d.lengths[i-1], 3+d.take(2)
		case 17:
			times = 3 + d.take(3)
		case 18:
			times = 11 + d.take(7)
		}
		if times > all-i {
			return errDeflateCodes
		}
		for range times {
			d.lengths[i] = repeated
			i++
		}
	}
	if d.count < 0 {
		return errDeflateShort
	}
	if d.lengths[endOfBlock] == 0 {
		return errDeflateCodes
	}
	return d.setCodes(literals, distances)
}

func (d *inflater) setCodes(literals, distances int) error {
	if !d.literals.set(d.lengths[:literals], literalBits, literalEntries[:]) ||
		!d.distances.set(d.lengths[literals:literals+distances], distanceBits, distanceEntries[:]) {
		return errDeflateCodes
	}
	return nil
}

// block decodes up to the end of a block whose codes are set. This is where the
// time goes: the reader's fields are kept in variables, and its methods written
// out, because the compiler then keeps them in registers.
func (d *inflater) block() error {
	var (
		source, next, held, count = d.source, d.next, d.held, d.count
		out, filled               = d.out, d.filled
		literals, distances       = &d.literals.table, &d.distances.table
	)
	for {
		if count < 48 { // a length and its distance take at most 15+5+15+13 bits
			if next+8 <= len(source) {
				held |= le.Uint64(source[next:]) << (count & 63)
				next += (63 - count) >> 3
				count |= 56
			} else {
				d.next, d.held, d.count = next, held, count
				d.refill()
				next, held, count = d.next, d.held, d.count
			}
		}
		entry := literals[held&(1<<literalBits-1)]
		if entry&entryLink != 0 {
			entry = literals[entry>>valueShift+uint32(held>>literalBits)&(1<<(entry&codeMask)-1)]
		}
		held >>= entry & codeMask
		count -= int(entry & codeMask)
		if entry&entryLiteral != 0 {
			if count < 0 {
				return errDeflateShort
			}
			if filled == len(out) {
				return errDeflateSize
			}
			out[filled] = byte(entry >> valueShift)
			filled++
			continue
		}
		if entry&entryMatch == 0 {
			switch {
			case count < 0:
				return errDeflateShort
			case entry&entryEnd == 0:
				return errDeflateSymbol
			}
			d.next, d.held, d.count, d.filled = next, held, count, filled
			return nil
		}
		extra := entry >> extraShift & extraMask
		length := int(entry>>valueShift) + int(held&(1<<extra-1))
		held >>= extra
		count -= int(extra)

		entry = distances[held&(1<<distanceBits-1)]
		if entry&entryLink != 0 {
			entry = distances[entry>>valueShift+uint32(held>>distanceBits)&(1<<(entry&codeMask)-1)]
		}
		held >>= entry & codeMask
		extra = entry >> extraShift & extraMask
		distance := int(entry>>valueShift) + int(held&(1<<extra-1))
		held >>= extra
		count -= int(entry&codeMask + extra)
		switch {
		case count < 0:
			return errDeflateShort
		case entry == 0 || distance > filled:
			return errDeflateSymbol
		case length > len(out)-filled:
			return errDeflateSize
		}
		from := filled - distance
		if length <= 16 && distance >= 16 && filled+16 <= len(out) {
			// Most are short. What this copies too much is overwritten next.
			*(*[16]byte)(out[filled:]) = *(*[16]byte)(out[from:])
			filled += length
			continue
		}
		// Where the two overlap, what was copied is copied again.
		for stop := filled + length; filled < stop; {
			filled += copy(out[filled:stop], out[from:filled])
		}
	}
}
