using System.Text;

namespace BlazorAgents.Agents.Structured;

/// <summary>A document at one moment: the beginning of a text that only grows, and what closes it. Copied only when it is asked for.</summary>
internal readonly record struct PartialJsonSnapshot(StringBuilder? Json, int Length, string Ending)
{
    public override string ToString() => Json is null ? "" : string.Concat(Json.ToString(0, Length), Ending);
}
