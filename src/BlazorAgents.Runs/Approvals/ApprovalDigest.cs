using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What an approval is bound to, as SHA-256 in lower-case hexadecimal.</summary>
internal static class ApprovalDigest
{
    /// <summary>Each part goes in behind its length in bytes, so that no two lists of parts are the same bytes.</summary>
    public static string Of(string agentVersion, string toolName, string toolSchema, string requesterId, string canonicalArguments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in (ReadOnlySpan<string>)[agentVersion, toolName, toolSchema, requesterId, canonicalArguments])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What the call must still be when it begins: with the arguments that a person set, if they set any.</summary>
    public static string OfWhatWasApproved(Approval approval) => approval.EditedArguments is { } edited
        ? Of(approval.AgentVersion, approval.ToolName, approval.ToolSchema, approval.RequesterId, edited)
        : approval.Digest;
}
