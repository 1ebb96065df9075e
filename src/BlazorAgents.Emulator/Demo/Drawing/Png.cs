using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BlazorAgents.Emulator.Demo.Drawing;

/// <summary>Writes a canvas as a PNG file: 8 bit RGB, each row as the difference to the row above.</summary>
internal static class Png
{
    private const byte FilterUp = 2;

    private static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] s_crc = [.. Enumerable.Range(0, 256).Select(Crc)];

    public static byte[] Encode(Canvas canvas)
    {
        using var file = new MemoryStream();
        file.Write(s_signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), canvas.Height);
        (header[8], header[9]) = (8, 2);
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", Compress(canvas));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compress(Canvas canvas)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            var row = new byte[1 + (canvas.Width * 3)];
            row[0] = FilterUp;
            for (var y = 0; y < canvas.Height; y++)
            {
                for (var x = 0; x < canvas.Width; x++)
                {
                    var (now, above) = (canvas[x, y], y > 0 ? canvas[x, y - 1] : default);
                    row[1 + (x * 3)] = (byte)(now.Red - above.Red);
                    row[2 + (x * 3)] = (byte)(now.Green - above.Green);
                    row[3 + (x * 3)] = (byte)(now.Blue - above.Blue);
                }

                deflate.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        var check = body.Aggregate(uint.MaxValue, (sum, value) => s_crc[(byte)(sum ^ value)] ^ (sum >> 8)) ^ uint.MaxValue;
        BinaryPrimitives.WriteUInt32BigEndian(number, check);
        file.Write(number);
    }

    private static uint Crc(int index)
    {
        var value = (uint)index;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
