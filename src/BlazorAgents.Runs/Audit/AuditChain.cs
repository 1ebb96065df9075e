using System.Security.Cryptography;
using System.Text;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>The hash chain of the audit: each event's hash covers all its fields and the hash of the event before.</summary>
internal static class AuditChain
{
    /// <summary>What the first event has in place of the hash before it.</summary>
    public static string Root { get; } = new('0', 64);

    /// <summary>SHA-256 over the fields, each with its length before it, so that no two events give the same text.</summary>
    public static string HashOf(
        long id, DateTimeOffset at, string? actorId, string actorName, string action, string subjectType, string subjectId, string summary, string details, string previousHash)
    {
        var text = new StringBuilder();
        foreach (var field in new[] { $"{id}", $"{at.UtcTicks}", actorId, actorName, action, subjectType, subjectId, summary, details, previousHash })
        {
            text.Append(field?.Length ?? -1).Append(':').Append(field).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The hash that a stored event must have.</summary>
    public static string HashOf(AuditEvent row) =>
        HashOf(row.Id, row.At, row.ActorId, row.ActorName, row.Action, row.SubjectType, row.SubjectId, row.Summary, row.Details, row.PreviousHash);
}
