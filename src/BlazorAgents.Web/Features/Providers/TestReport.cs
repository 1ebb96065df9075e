using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BlazorAgents.Data;
using BlazorAgents.OpenAI.Probe;
using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>What the last test of a provider showed.</summary>
/// <param name="Results">One for each capability that was tested.</param>
/// <param name="TestedAt">When the test ended, UTC.</param>
/// <param name="IsCurrent">False when the provider's settings have changed since.</param>
public sealed record TestReport(IReadOnlyList<CapabilityResult> Results, DateTimeOffset TestedAt, bool IsCurrent)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The stored test; one that cannot be read counts as none.</summary>
    /// <param name="test">The row, if there is one.</param>
    /// <param name="mark">The mark of the provider's present settings.</param>
    internal static TestReport? Read(ProviderTest? test, string mark)
    {
        try
        {
            return test is null ? null : new TestReport(JsonSerializer.Deserialize<List<CapabilityResult>>(test.Results, s_json) ?? [], test.TestedAt, test.SettingsMark == mark);
        }
        catch (JsonException)
        {
            return null; // a newer version knows other capabilities
        }
    }

    internal static string Write(IEnumerable<CapabilityResult> results) => JsonSerializer.Serialize(results.OrderBy(result => result.Capability), s_json);

    /// <summary>Changes with whatever the results depend on. The ciphertext changes with the key and says nothing about it.</summary>
    internal static string MarkOf(Provider row) => Mark(row.Kind, row.Endpoint, row.ChatModelId, row.ResponsesModelId, row.OrganizationId, row.ProtectedKey);

    /// <inheritdoc cref="MarkOf(Provider)"/>
    /// <remarks>The offline model has another port at each start, and is the same all the same.</remarks>
    internal static string MarkOf(ProviderSettings settings) => Mark(
        settings.Kind.ToString(),
        settings.Kind == ProviderKind.Offline ? null : settings.ApiEndpoint?.AbsoluteUri,
        settings.ChatModelId,
        settings.ResponsesModelId,
        settings.OrganizationId,
        ProviderSettings.EndingOf(settings.ApiKey));

    private static string Mark(params string?[] parts) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
