using System.Text.Json;

namespace BlazorAgents.Agents.Structured;

/// <summary>An answer, read and checked.</summary>
/// <param name="Json">The JSON found in the text; null when there is none that can be read.</param>
/// <param name="Errors">What is wrong, field by field, in sentences; empty when the answer is valid.</param>
public sealed record StructuredAnswer(JsonElement? Json, IReadOnlyList<string> Errors)
{
    /// <summary>The JSON is there and fits its form.</summary>
    public bool IsValid => Json is not null && Errors.Count == 0;

    /// <summary>The object that was read, for a format with a .NET type.</summary>
    internal object? Value { get; init; }

    /// <summary>The value as <typeparamref name="T"/>, which may be the JSON itself.</summary>
    internal T ValueAs<T>() => typeof(T) == typeof(JsonElement) ? (T)(object)Json.GetValueOrDefault() : (T)Value!;
}
