using System.Buffers.Binary;
using System.Text;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>MessagePack as far as the circuits' protocol "blazorpack" uses it.</summary>
internal static class BlazorPack
{
    /// <summary>A message with its length before it.</summary>
    public static byte[] Frame(params object?[] message)
    {
        using var body = new MemoryStream();
        Write(body, message);
        using var frame = new MemoryStream();
        var length = (int)body.Length;
        do
        {
            frame.WriteByte((byte)((length & 127) | (length > 127 ? 128 : 0)));
            length >>= 7;
        }
        while (length > 0);
        body.WriteTo(frame);
        return frame.ToArray();
    }

    /// <summary>The messages of a whole WebSocket message.</summary>
    public static IEnumerable<object?[]> Read(byte[] data)
    {
        var at = 0;
        while (at < data.Length)
        {
            int length = 0, shift = 0, part;
            do
            {
                part = data[at++];
                length |= (part & 127) << shift;
                shift += 7;
            }
            while (part > 127);
            var end = at + length;
            yield return (object?[])Value(data, ref at)!;
            at = end;
        }
    }

    private static void Write(MemoryStream to, object? value)
    {
        switch (value)
        {
            case null:
                to.WriteByte(0xc0);
                break;
            case bool flag:
                to.WriteByte((byte)(flag ? 0xc3 : 0xc2));
                break;
            case int or long:
                Header(to, 0xd3, 8, Convert.ToInt64(value, null));
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                Header(to, 0xdb, 4, bytes.Length);
                to.Write(bytes);
                break;
            case object?[] items:
                Header(to, 0xdc, 2, items.Length);
                Array.ForEach(items, item => Write(to, item));
                break;
            case IReadOnlyDictionary<string, string> { Count: 0 }:
                to.WriteByte(0x80);
                break;
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }

    private static void Header(MemoryStream to, byte type, int size, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        to.WriteByte(type);
        to.Write(bytes[(8 - size)..]);
    }

    private static object? Value(byte[] data, ref int at)
    {
        var type = data[at++];
        return type switch
        {
            < 0x80 => (long)type,
            >= 0xe0 => (long)(sbyte)type,
            < 0x90 => Map(data, ref at, type & 15),
            < 0xa0 => Items(data, ref at, type & 15),
            < 0xc0 => Text(data, ref at, type & 31),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 or 0xc5 or 0xc6 => Bytes(data, ref at, (int)Number(data, ref at, 1 << (type - 0xc4))),
            0xca or 0xcb => Number(data, ref at, type == 0xca ? 4 : 8),
            0xcc or 0xcd or 0xce or 0xcf => Number(data, ref at, 1 << (type - 0xcc)),
            0xd0 => (long)(sbyte)Number(data, ref at, 1),
            0xd1 => (long)(short)Number(data, ref at, 2),
            0xd2 => (long)(int)Number(data, ref at, 4),
            0xd3 => Number(data, ref at, 8),
            0xd9 or 0xda or 0xdb => Text(data, ref at, (int)Number(data, ref at, 1 << (type - 0xd9))),
            0xdc or 0xdd => Items(data, ref at, (int)Number(data, ref at, 2 << (type - 0xdc))),
            0xde => Map(data, ref at, (int)Number(data, ref at, 2)),
            _ => throw new NotSupportedException($"MessagePack type {type:x2}."),
        };
    }

    private static long Number(byte[] data, ref int at, int size)
    {
        long value = 0;
        for (var end = at + size; at < end; at++)
        {
            value = (value << 8) | data[at];
        }

        return value;
    }

    private static byte[] Bytes(byte[] data, ref int at, int length)
    {
        at += length;
        return data[(at - length)..at];
    }

    private static string Text(byte[] data, ref int at, int length) => Encoding.UTF8.GetString(Bytes(data, ref at, length));

    private static object?[] Items(byte[] data, ref int at, int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Value(data, ref at);
        }

        return items;
    }

    private static Dictionary<string, object?> Map(byte[] data, ref int at, int count)
    {
        var map = new Dictionary<string, object?>();
        for (var i = 0; i < count; i++)
        {
            var key = (string)Value(data, ref at)!;
            map[key] = Value(data, ref at);
        }

        return map;
    }
}
