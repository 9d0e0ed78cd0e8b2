-- Wireshark dissector for the ring tap: what threads ask of the kernel, and how it ends.
-- SPDX-License-Identifier: Apache-2.0
--
-- The format is kernel/abi/ringtap.h: a header, then struct ring_submission or struct ring_completion of
-- kernel/abi/ring.h. Names of operations, errors, interfaces and methods are read from the sources around
-- this script when it is loaded, so it must stay in its repository.

local root = debug.getinfo(1, "S").source:match("^@(.-)[^/]*$") .. "../../"

-- Names ----------------------------------------------------------------------------------------------

local function source_lines(path)
    local file, why = io.open(root .. path)
    if not file then
        error("capos_ringtap.lua reads names from its repository: " .. why)
    end
    local text = file:read("*a")
    file:close()
    return text:gmatch("[^\n]+")
end

-- { [number] = "NAME" } and { [number] = "sentence" }, from err.h.
local function read_errors()
    local names, sentences = {}, {}
    for line in source_lines("kernel/abi/err.h") do
        local name, number, sentence = line:match('X%(([%u_]+), *(%d+), *"(.*)"%)')
        if name then
            names[tonumber(number)], sentences[tonumber(number)] = name, sentence
        end
    end
    return names, sentences
end

-- { [number] = "NAME" }, from ring.h.
local function read_opcodes()
    local names, next_number, inside = {}, 0, false
    for line in source_lines("kernel/abi/ring.h") do
        local name = inside and line:match("^ *RING_([%u_]+),")
        if line:match("^enum ring_opcode") then
            inside = true
        elseif line:match("^}") then
            inside = false
        elseif name and name ~= "OPCODES" then
            names[next_number], next_number = name, next_number + 1
        end
    end
    return names
end

-- Adds the interfaces of a schema to { ["id"] = { name = "Name", methods = { [number] = "name" } } }.
local function read_schema(path, interfaces)
    local interface
    for line in source_lines(path) do
        local name, id = line:match("^interface (%w+) @0x(%x+)")
        local method, number = line:match("^  (%l%w*) @(%d+) %(")
        if name then
            interface = { name = name, methods = {} }
            interfaces[id] = interface
        elseif line:match("^}") then
            interface = nil
        elseif interface and method then
            interface.methods[tonumber(number)] = method
        end
    end
end

local function read_interfaces()
    local interfaces = {}
    for _, folder in ipairs({ "kernel/abi/", "userspace/interfaces/" }) do
        local found, files = pcall(Dir.open, root .. folder, ".capnp")
        if found and files then
            for file in files do
                read_schema(folder .. file, interfaces)
            end
        end
    end
    return interfaces
end

local error_names, error_sentences = read_errors()
local opcodes = read_opcodes()
local interfaces = read_interfaces()

-- Layout, as in kernel/abi/ringtap.h and kernel/abi/ring.h ---------------------------------------------

local VERSION = 1
local HEADER_LEN, SUBMISSION_LEN, COMPLETION_LEN = 24, 64, 32
local SUBMISSION, COMPLETION = 1, 2
local EXCEPTION, THEN_RECV, PROMISED = 0x01, 0x02, 0x04
local FLAGS = { CALL = PROMISED, RETURN = EXCEPTION + THEN_RECV } -- that each operation uses
local STATUS_EXCEPTION, STATUS_TRUNCATED = 1, 2
local ENDED_EARLY = { CANCELLED = true, TIMED_OUT = true } -- negative, but not the submission's fault
local NEVER = "18446744073709551615"

-- What each operation uses of the entry. Of the union of params and endpoint only one is used at a time.
local USES = {
    NOP = { "argument" },
    CALL = { "cap", "interface", "method", "disclose", "params", "result", "transfers", "deadline" },
    RECV = { "cap", "result", "deadline" },
    RETURN = { "cap", "params", "transfers" },
    RELEASE = { "cap" },
    CANCEL = { "cancelled" },
    PARK = { "cap", "address", "expected", "deadline" },
    UNPARK = { "cap", "address", "limit" },
    SIGNAL = { "cap", "bits" },
    WAIT = { "cap", "bits", "deadline" },
}
local USES_PROMISED = { "earlier", "promised", "interface", "method", "disclose", "params", "result", "transfers", "deadline" }
local USES_THEN_RECV = { "endpoint", "result", "deadline" }

-- Where it stands in the entry: offset, length.
local PLACES = {
    method = { 2, 2 }, disclose = { 4, 2 }, promised = { 6, 2 }, expected = { 4, 4 }, limit = { 4, 4 }, code = { 4, 4 },
    cap = { 16, 8 }, earlier = { 16, 8 }, interface = { 24, 8 }, endpoint = { 24, 8 },
    params = { 32, 8 }, result = { 40, 8 }, deadline = { 48, 8 },
    argument = { 56, 8 }, cancelled = { 56, 8 }, address = { 56, 8 }, bits = { 56, 8 }, transfers = { 56, 8 },
}
local FIRST_USABLE = { { 2, 2 }, { 4, 2 }, { 6, 2 }, { 16, 8 }, { 24, 8 }, { 32, 8 }, { 40, 8 }, { 48, 8 }, { 56, 8 } }

-- Fields ---------------------------------------------------------------------------------------------

local ringtap = Proto("ringtap", "capOS ring tap")

local kinds = { [SUBMISSION] = "submission", [COMPLETION] = "completion" }

local f = {
    version = ProtoField.uint8("ringtap.version", "Version"),
    kind = ProtoField.uint8("ringtap.kind", "Kind", base.DEC, kinds),
    cpu = ProtoField.uint16("ringtap.cpu", "Processor"),
    process = ProtoField.uint64("ringtap.process", "Process"),
    thread = ProtoField.uint64("ringtap.thread", "Thread"),

    opcode = ProtoField.uint32("ringtap.opcode", "Operation", base.DEC, opcodes),
    user_data = ProtoField.uint64("ringtap.user_data", "User data", base.HEX),
    flags = ProtoField.uint8("ringtap.flags", "Flags", base.HEX),
    exception = ProtoField.bool("ringtap.flags.exception", "Exception", 8, nil, EXCEPTION),
    then_recv = ProtoField.bool("ringtap.flags.then_recv", "Then receive", 8, nil, THEN_RECV),
    promised_flag = ProtoField.bool("ringtap.flags.promised", "Promised", 8, nil, PROMISED),
    cap = ProtoField.uint64("ringtap.cap", "Capability", base.HEX),
    endpoint = ProtoField.uint64("ringtap.endpoint", "Endpoint", base.HEX),
    index = ProtoField.uint32("ringtap.cap.index", "Index"),
    generation = ProtoField.uint32("ringtap.cap.generation", "Generation"),
    interface = ProtoField.uint64("ringtap.interface_id", "Interface", base.HEX),
    interface_name = ProtoField.string("ringtap.interface", "Interface name"),
    method = ProtoField.uint16("ringtap.method", "Method"),
    method_name = ProtoField.string("ringtap.method_name", "Method name"),
    params = ProtoField.uint32("ringtap.params", "Parameters at", base.HEX),
    params_len = ProtoField.uint32("ringtap.params_len", "Parameters, bytes"),
    result = ProtoField.uint32("ringtap.result", "Result space at", base.HEX),
    result_len = ProtoField.uint32("ringtap.result_len", "Result space, bytes"),
    transfers = ProtoField.uint32("ringtap.transfers", "Transfers at", base.HEX),
    n_transfers = ProtoField.uint32("ringtap.n_transfers", "Transfers"),
    deadline = ProtoField.uint64("ringtap.deadline", "Deadline, ns since boot"),
    argument = ProtoField.uint64("ringtap.argument", "Argument", base.HEX),
    cancelled = ProtoField.uint64("ringtap.cancelled", "User data of what is cancelled", base.HEX),
    address = ProtoField.uint64("ringtap.address", "Address", base.HEX),
    bits = ProtoField.uint64("ringtap.bits", "Bits", base.HEX),
    disclose = ProtoField.uint16("ringtap.disclose", "Fields disclosed", base.HEX),
    earlier = ProtoField.uint64("ringtap.earlier", "Of the answer to user data", base.HEX),
    promised = ProtoField.uint16("ringtap.promised", "Number of the capability"),
    expected = ProtoField.uint32("ringtap.expected", "Expected word", base.HEX),
    limit = ProtoField.uint32("ringtap.limit", "At most"),
    code = ProtoField.uint32("ringtap.code", "Code", base.DEC, error_names),

    status = ProtoField.int32("ringtap.status", "Status"),
    error = ProtoField.uint32("ringtap.error", "Error", base.DEC, error_names),
    results = ProtoField.uint32("ringtap.results", "Results, bytes"),
    value = ProtoField.uint64("ringtap.value", "Value", base.HEX),
    n_caps = ProtoField.uint32("ringtap.n_caps", "Capabilities received"),

    response_in = ProtoField.framenum("ringtap.response_in", "Completed in", base.NONE, frametype.RESPONSE),
    request_in = ProtoField.framenum("ringtap.request_in", "Submitted in", base.NONE, frametype.REQUEST),
    latency = ProtoField.relative_time("ringtap.latency", "Time since submission"),
}

local e = {
    malformed = ProtoExpert.new("ringtap.malformed", "Not a record of the ring tap",
        expert.group.MALFORMED, expert.severity.ERROR),
    transport = ProtoExpert.new("ringtap.transport", "The submission was wrong",
        expert.group.RESPONSE_CODE, expert.severity.ERROR),
    early = ProtoExpert.new("ringtap.ended_early", "Cancelled, or its deadline has passed",
        expert.group.RESPONSE_CODE, expert.severity.NOTE),
    refused = ProtoExpert.new("ringtap.refused", "The object refused",
        expert.group.RESPONSE_CODE, expert.severity.WARN),
    answered = ProtoExpert.new("ringtap.answered_exception", "The server refuses",
        expert.group.RESPONSE_CODE, expert.severity.NOTE),
    unknown = ProtoExpert.new("ringtap.unknown_opcode", "There is no such operation",
        expert.group.PROTOCOL, expert.severity.WARN),
    reserved = ProtoExpert.new("ringtap.reserved", "Fields are set that the operation does not use",
        expert.group.PROTOCOL, expert.severity.WARN),
    unasked = ProtoExpert.new("ringtap.unasked", "Its submission is not in this trace",
        expert.group.SEQUENCE, expert.severity.NOTE),
}

local function values(t)
    local list = {}
    for _, value in pairs(t) do
        list[#list + 1] = value
    end
    return list
end
ringtap.fields = values(f)
ringtap.experts = values(e)

-- Which completion belongs to which submission -----------------------------------------------------------

local pending  -- by thread, user data and operation: submissions, the oldest first
local requests -- by frame of the completion: its submission
local responses -- by frame of the submission: the frame of its completion

function ringtap.init()
    pending, requests, responses = {}, {}, {}
end

local function key(record, opcode)
    return string.format("%s %s %d", record.thread, record.user_data, opcode)
end

local function remember(record, submission)
    local place = key(record, submission.opcode)
    pending[place] = pending[place] or {}
    table.insert(pending[place], submission)
end

local function pair(record, opcode)
    local queue = pending[key(record, opcode)]
    local submission = queue and table.remove(queue, 1)
    if submission then
        requests[record.frame] = submission
        responses[submission.frame] = record.frame
    end
end

-- Texts ----------------------------------------------------------------------------------------------

local function error_name(code)
    return error_names[code] or "error " .. code
end

local function error_text(code)
    return error_sentences[code] or "an error that err.h does not have"
end

local function hex(range)
    return "0x" .. range:le_uint64():tohex():gsub("^0+(.)", "%1")
end

local function opcode_text(opcode)
    return opcodes[opcode] or "operation " .. opcode
end

local function duration(ns)
    if ns < 1e3 then
        return string.format("%d ns", ns)
    elseif ns < 1e6 then
        return string.format("%.3f us", ns / 1e3)
    elseif ns < 1e9 then
        return string.format("%.3f ms", ns / 1e6)
    end
    return string.format("%.3f s", ns / 1e9)
end

local function cap_text(range)
    return string.format("cap %d.%d", range(0, 4):le_uint(), range(4, 4):le_uint())
end

local function interface_of(range)
    return interfaces[string.format("%08x%08x", range(4, 4):le_uint(), range(0, 4):le_uint())]
end

local function method_text(entry)
    local interface, number = interface_of(entry(24, 8)), entry(2, 2):le_uint()
    if not interface then
        return hex(entry(24, 8)) .. "." .. number
    end
    return interface.name .. "." .. (interface.methods[number] or number)
end

-- Submissions ----------------------------------------------------------------------------------------

local function add_generated(tree, field, ...)
    tree:add(field, ...):set_generated()
end

local function add_handle(tree, field, range)
    local item = tree:add_le(field, range)
    item:add_le(f.index, range(0, 4))
    item:add_le(f.generation, range(4, 4))
end

local function add_pair(tree, first, second, range)
    tree:add_le(first, range(0, 4))
    tree:add_le(second, range(4, 4))
end

local function deadline_text(range, now)
    local deadline = tostring(range:le_uint64())
    if deadline == "0" or deadline == NEVER then
        return "none"
    end
    local left = tonumber(deadline) - now
    return left < 0 and duration(-left) .. " ago" or "in " .. duration(left)
end

-- How a field is shown that is not simply a number.
local SHOW = {
    cap = function(tree, range)
        add_handle(tree, f.cap, range)
    end,
    endpoint = function(tree, range)
        add_handle(tree, f.endpoint, range)
    end,
    disclose = function(tree, range) -- few calls do
        if range:le_uint() ~= 0 then
            tree:add_le(f.disclose, range)
        end
    end,
    interface = function(tree, range)
        local interface = interface_of(range)
        tree:add_le(f.interface, range)
        if interface then
            add_generated(tree, f.interface_name, range, interface.name)
        end
    end,
    method = function(tree, range, record)
        local interface = interface_of(record.entry(24, 8))
        local name = interface and interface.methods[range:le_uint()]
        tree:add_le(f.method, range)
        if name then
            add_generated(tree, f.method_name, range, name)
        end
    end,
    params = function(tree, range)
        add_pair(tree, f.params, f.params_len, range)
    end,
    result = function(tree, range)
        add_pair(tree, f.result, f.result_len, range)
    end,
    transfers = function(tree, range)
        add_pair(tree, f.transfers, f.n_transfers, range)
    end,
    deadline = function(tree, range, record)
        tree:add_le(f.deadline, range):append_text(" (" .. deadline_text(range, record.now) .. ")")
    end,
}

local function used_fields(opcode, flags)
    local promised = opcodes[opcode] == "CALL" and bit.band(flags, PROMISED) ~= 0
    local fields = { unpack(promised and USES_PROMISED or USES[opcodes[opcode]] or {}) }
    if opcodes[opcode] == "RETURN" then
        if bit.band(flags, EXCEPTION) ~= 0 then
            fields[#fields + 1] = "code"
        end
        for _, name in ipairs(bit.band(flags, THEN_RECV) ~= 0 and USES_THEN_RECV or {}) do
            fields[#fields + 1] = name
        end
    end
    return fields
end

local function is_zero(range)
    return range:bytes():tohex():match("^0*$") ~= nil
end

-- The offsets of what the operation does not use and yet is set.
local function reserved_set(entry, fields, flags_used)
    local used, found = {}, {}
    for _, name in ipairs(fields) do
        local first, len = unpack(PLACES[name])
        for at = first, first + len - 1, 2 do
            used[at] = true
        end
    end
    if bit.band(entry(1, 1):uint(), bit.bnot(flags_used)) ~= 0 then
        found[1] = 1
    end
    for _, place in ipairs(FIRST_USABLE) do
        if not used[place[1]] and not is_zero(entry(place[1], place[2])) then
            found[#found + 1] = place[1]
        end
    end
    return found
end

-- What the list of packets says of a submission, after its operation.
local function summary(entry, opcode)
    local name = opcodes[opcode]
    if name == "CALL" then
        local promised = bit.band(entry(1, 1):uint(), PROMISED) ~= 0
        local target = promised and "promise " .. entry(6, 2):le_uint() .. " of user data " .. hex(entry(16, 8))
        return " " .. method_text(entry) .. ", " .. (target or cap_text(entry(16, 8)))
    elseif name == "RETURN" then
        local flags, text = entry(1, 1):uint(), " " .. cap_text(entry(16, 8))
        if bit.band(flags, EXCEPTION) ~= 0 then
            text = text .. ", exception " .. error_name(entry(4, 4):le_uint())
        end
        if bit.band(flags, THEN_RECV) ~= 0 then
            text = text .. ", then RECV " .. cap_text(entry(24, 8))
        end
        return text
    elseif name == "CANCEL" then
        return " of user data " .. hex(entry(56, 8))
    elseif name == "PARK" or name == "UNPARK" then
        return " at " .. hex(entry(56, 8)) .. ", " .. cap_text(entry(16, 8))
    elseif name == "SIGNAL" or name == "WAIT" then
        return " " .. hex(entry(56, 8)) .. ", " .. cap_text(entry(16, 8))
    elseif name == "RECV" or name == "RELEASE" then
        return " " .. cap_text(entry(16, 8))
    end
    return ""
end

local function show_submission_experts(tree, entry, opcode, fields)
    if not opcodes[opcode] then
        tree:add_proto_expert_info(e.unknown, "there is no operation " .. opcode)
        return
    end
    local flags_used = FLAGS[opcodes[opcode]] or 0
    local found = reserved_set(entry, fields, flags_used)
    if #found > 0 then
        tree:add_proto_expert_info(e.reserved,
            opcodes[opcode] .. " does not use what is set at byte " .. table.concat(found, ", "))
    end
    if bit.band(entry(1, 1):uint(), flags_used, EXCEPTION) ~= 0 then
        tree:add_proto_expert_info(e.answered, "refused: " .. error_text(entry(4, 4):le_uint()))
    end
end

local function show_submission(tree, record, pinfo)
    local entry = record.entry
    local opcode = entry(0, 1):uint()
    local fields = used_fields(opcode, entry(1, 1):uint())

    record.user_data = tostring(entry(8, 8):le_uint64())
    if not pinfo.visited then
        remember(record, { frame = record.frame, now = record.now, text = summary(entry, opcode), opcode = opcode })
    end
    tree:add_le(f.opcode, entry(0, 1))
    local flags = tree:add_le(f.flags, entry(1, 1))
    flags:add(f.exception, entry(1, 1))
    flags:add(f.then_recv, entry(1, 1))
    flags:add(f.promised_flag, entry(1, 1))
    tree:add_le(f.user_data, entry(8, 8))
    for _, name in ipairs(fields) do
        local range = entry(PLACES[name][1], PLACES[name][2])
        if SHOW[name] then
            SHOW[name](tree, range, record)
        else
            tree:add_le(f[name], range)
        end
    end
    show_submission_experts(tree, entry, opcode, fields)
    if responses[record.frame] then
        add_generated(tree, f.response_in, responses[record.frame])
    end
    pinfo.cols.info = opcode_text(opcode) .. summary(entry, opcode)
end

-- Completions ----------------------------------------------------------------------------------------

-- How it ended in a word or two; a longer text and an expert when that is no good.
local function outcome(entry)
    local status, code = entry(8, 4):le_int(), entry(16, 4):le_uint()
    if status == 0 then
        return "done"
    elseif status == STATUS_EXCEPTION then
        return "exception", "a CapException is in the result space", e.refused
    elseif status == STATUS_TRUNCATED then
        return "exception " .. error_name(code), error_text(code), e.refused
    elseif status < 0 then
        local name = error_name(-status)
        return name, error_text(-status), ENDED_EARLY[name] and e.early or e.transport
    end
    return "status " .. status, "ring.h has no such status", e.malformed
end

local function show_status(tree, entry)
    local status = entry(8, 4):le_int()
    local words, text, expert = outcome(entry)
    local item = tree:add_le(f.status, entry(8, 4))

    item:append_text(" (" .. words .. ")")
    if expert then
        item:add_proto_expert_info(expert, words .. ": " .. text)
    end
    if status < 0 then
        add_generated(tree, f.error, entry(8, 4), -status)
    elseif status == STATUS_TRUNCATED then
        add_generated(tree, f.error, entry(16, 4), entry(16, 4):le_uint())
    end
end

local function show_request(tree, record, submission)
    if not submission then
        tree:add_proto_expert_info(e.unasked)
        return ""
    end
    local ns = record.now - submission.now
    add_generated(tree, f.request_in, submission.frame)
    add_generated(tree, f.latency, NSTime.new(math.floor(ns / 1e9), ns % 1e9))
    return ", " .. duration(ns)
end

local function show_completion(tree, record, pinfo)
    local entry = record.entry
    local opcode, results, n_caps = entry(28, 4):le_uint(), entry(12, 4):le_uint(), entry(24, 4):le_uint()

    record.user_data = tostring(entry(0, 8):le_uint64())
    if not pinfo.visited then
        pair(record, opcode)
    end
    local submission = requests[record.frame]
    tree:add_le(f.opcode, entry(28, 4))
    tree:add_le(f.user_data, entry(0, 8))
    show_status(tree, entry)
    tree:add_le(f.results, entry(12, 4))
    tree:add_le(f.value, entry(16, 8))
    tree:add_le(f.n_caps, entry(24, 4))

    local text = opcode_text(opcode) .. (submission and submission.text or "") .. ": " .. (outcome(entry))
    if results > 0 then
        text = text .. ", " .. results .. " bytes"
    end
    if n_caps > 0 then
        text = text .. ", " .. n_caps .. (n_caps == 1 and " cap" or " caps")
    end
    pinfo.cols.info = text .. show_request(tree, record, submission)
end

-- Records --------------------------------------------------------------------------------------------

local ENTRIES = {
    [SUBMISSION] = { len = SUBMISSION_LEN, show = show_submission },
    [COMPLETION] = { len = COMPLETION_LEN, show = show_completion },
}

local function refuse(tree, pinfo, why)
    tree:add_proto_expert_info(e.malformed, why)
    pinfo.cols.info = "[" .. why .. "]"
end

local function show_header(tree, header)
    tree:add_le(f.version, header(0, 1))
    tree:add_le(f.kind, header(1, 1))
    tree:add_le(f.cpu, header(2, 2))
    tree:add_le(f.process, header(8, 8))
    tree:add_le(f.thread, header(16, 8))
end

local function show_ends(pinfo, header, kind)
    local thread = string.format("%s.%s", header(8, 8):le_uint64(), header(16, 8):le_uint64())
    pinfo.cols.src = kind == SUBMISSION and thread or "kernel"
    pinfo.cols.dst = kind == SUBMISSION and "kernel" or thread
end

function ringtap.dissector(buffer, pinfo, parent)
    local tree = parent:add(ringtap, buffer())

    pinfo.cols.protocol = "ringtap"
    if buffer:len() < HEADER_LEN then
        return refuse(tree, pinfo, "too short for a header")
    end
    local kind = buffer(1, 1):uint()
    local entry = ENTRIES[kind]
    show_header(tree, buffer(0, HEADER_LEN))
    if buffer(0, 1):uint() ~= VERSION then
        return refuse(tree, pinfo, "unknown version " .. buffer(0, 1):uint())
    elseif not entry then
        return refuse(tree, pinfo, "unknown kind " .. kind)
    elseif buffer:len() ~= HEADER_LEN + entry.len then
        return refuse(tree, pinfo, "wrong length for a " .. kinds[kind])
    end
    tree:append_text(", " .. kinds[kind])
    show_ends(pinfo, buffer(0, HEADER_LEN), kind)
    entry.show(tree, {
        frame = pinfo.number,
        now = math.floor(pinfo.abs_ts * 1e9 + 0.5),
        thread = tostring(buffer(16, 8):le_uint64()),
        entry = buffer(HEADER_LEN, entry.len),
    }, pinfo)
end

DissectorTable.get("wtap_encap"):add(wtap.USER0, ringtap)
