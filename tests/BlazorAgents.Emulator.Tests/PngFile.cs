using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BlazorAgents.Emulator.Tests;

/// <summary>Reads a PNG file strictly enough to know that it is one.</summary>
internal static class PngFile
{
    /// <summary>Width and height; throws if a chunk, the size of the pixels or the end is wrong.</summary>
    public static (int Width, int Height) Size(byte[] file)
    {
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var (width, height) = (0, 0);
        using var packed = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var type = Encoding.ASCII.GetString(file, at + 4, 4);
            var data = file.AsSpan(at + 8, length);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            if (type == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
            }
            else if (type == "IDAT")
            {
                packed.Write(data);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var unpacked = new MemoryStream();
        using var inflate = new ZLibStream(packed, CompressionMode.Decompress);
        inflate.CopyTo(unpacked);
        Assert.Equal(((width * 3) + 1) * height, unpacked.Length);
        return (width, height);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        foreach (var value in data)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? 0xEDB88320u ^ (sum >> 1) : sum >> 1;
            }
        }

        return ~sum;
    }
}
