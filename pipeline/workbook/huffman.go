package workbook

import "math/bits"

// huffman finds the symbol of the code that comes next. Its table is looked up
// by the next bits; a code too long for that leads to a second table behind.
//
// An entry is zero where no code leads. Else its lowest byte is the number of
// bits to take, or those to look at in the second table.
type huffman struct {
	table [tableSize]uint32
	size  int // of table in use
}

// tableSize has room for the first table and, behind it, for the second ones of
// 2^(15-10) entries. Each of these holds at least two codes, so there cannot be
// more than half as many as symbols. A table for distances needs less.
const tableSize = 1<<literalBits + maxLiterals/2<<(maxCodeBits-literalBits)

const (
	codeMask     = 0x3f
	extraShift   = 8 // number of bits that follow the code and add to the value
	extraMask    = 0xf
	entryLiteral = 1 << 12
	entryMatch   = 1 << 13 // the value is a length or a distance
	entryEnd     = 1 << 14
	entryLink    = 1 << 15 // the value is the place of the second table
	valueShift   = 16
)

// set makes the table of the codes with these lengths, 0 for no code, for a
// first look at the given number of bits. entries has those of the symbols without
// the length of their code. It is false if the lengths leave codes without a
// symbol or have too many; a single code is allowed, and none.
func (h *huffman) set(lengths []uint8, first int, entries []uint32) bool {
	var counts, next [maxCodeBits + 1]int
	for _, length := range lengths {
		counts[length]++
	}
	counts[0] = 0
	longest, code := 0, 0
	for length := 1; length <= maxCodeBits; length++ {
		code <<= 1
		next[length] = code
		if code += counts[length]; counts[length] > 0 {
			longest = length
			if code > 1<<length {
				return false
			}
		}
	}
	code >>= maxCodeBits - longest
	if longest > 0 && code != 1<<longest && !(longest == 1 && code == 1) {
		return false
	}
	h.size = 1 << first
	clear(h.table[:h.size])
	for symbol, length := range lengths {
		if length == 0 {
			continue
		}
		// The data has the first bit of a code lowest.
		code := int(bits.Reverse16(uint16(next[length])) >> (16 - length))
		next[length]++
		entry := entries[symbol]
		if entry != 0 {
			entry |= uint32(length)
		}
		table, step := h.table[:1<<first], 1<<length
		if int(length) > first {
			table = h.second(code&(1<<first-1), longest-first)
			code, step = code>>first, 1<<(int(length)-first)
		}
		for ; code < len(table); code += step {
			table[code] = entry
		}
	}
	return true
}

// second gives the second table that the place in the first leads to.
func (h *huffman) second(place, width int) []uint32 {
	if h.table[place] == 0 {
		h.table[place] = uint32(h.size)<<valueShift | entryLink | uint32(width)
		clear(h.table[h.size : h.size+1<<width])
		h.size += 1 << width
	}
	start := int(h.table[place] >> valueShift)
	return h.table[start : start+1<<width]
}

// The entries of all symbols, without the length of their code (3.2.5). Two
// literals and two distances have codes and no meaning; their entries are zero.
var (
	literalEntries  [maxLiterals]uint32
	distanceEntries [maxDistances]uint32
	lengthEntries   [19]uint32 // of the codes by which a block gives its codes
)

func init() {
	for symbol := range uint32(endOfBlock) {
		literalEntries[symbol] = symbol<<valueShift | entryLiteral
	}
	literalEntries[endOfBlock] = entryEnd
	for i, length := uint32(0), uint32(3); i < 28; i++ {
		extra := max(i/4, 1) - 1
		literalEntries[endOfBlock+1+i] = length<<valueShift | extra<<extraShift | entryMatch
		length += 1 << extra
	}
	literalEntries[285] = 258<<valueShift | entryMatch
	for i, distance := uint32(0), uint32(1); i < 30; i++ {
		extra := max(i/2, 1) - 1
		distanceEntries[i] = distance<<valueShift | extra<<extraShift | entryMatch
		distance += 1 << extra
	}
	for symbol := range uint32(len(lengthEntries)) {
		lengthEntries[symbol] = symbol<<valueShift | entryLiteral
	}
}
