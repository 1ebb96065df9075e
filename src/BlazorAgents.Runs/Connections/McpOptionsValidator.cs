using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Runs;

/// <summary>Stops a start with MCP servers that cannot work; each message names its key and never a secret.</summary>
internal sealed partial class McpOptionsValidator : IValidateOptions<McpOptions>
{
    private const int MaxServers = 20;
    private const int MaxDescription = 300;

    public ValidateOptionsResult Validate(string? name, McpOptions options)
    {
        var failures = options.Servers.SelectMany((server, index) => Failures(server, $"{McpOptions.SectionName}:{nameof(McpOptions.Servers)}:{index}")).ToList();
        if (options.Servers.Count > MaxServers)
        {
            failures.Add($"Mcp:Servers has {options.Servers.Count} servers; at most {MaxServers} are allowed.");
        }

        failures.AddRange(options.Servers.GroupBy(server => server.Label, StringComparer.OrdinalIgnoreCase).Where(same => same.Key.Length > 0 && same.Count() > 1)
            .Select(same => $"Mcp:Servers has two servers with the label {same.Key}. Give each its own."));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(McpServerOptions server, string key)
    {
        if (!Labels().IsMatch(server.Label))
        {
            yield return $"{key}:Label must be 1 to 32 letters, digits, _ or -, and begin with a letter.";
        }

        if (!Uri.TryCreate(server.Address, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            yield return $"{key}:Address must be an absolute http or https URL.";
        }
        else if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            yield return $"{key}:Address must not contain a user name or a fragment. A token belongs into a variable: name it in {key}:AuthorizationTokenVariable.";
        }

        if (server.Description?.Length > MaxDescription)
        {
            yield return $"{key}:Description must be at most {MaxDescription} characters.";
        }

        // The value is not repeated: someone may have put the token there.
        if (server.AuthorizationTokenVariable is not null && string.IsNullOrWhiteSpace(server.AuthorizationToken))
        {
            yield return $"{key}:AuthorizationTokenVariable must be the name of an environment variable that is set. It is the name, not the token.";
        }
        else if (server.AuthorizationToken?.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) == true)
        {
            yield return $"The variable that {key}:AuthorizationTokenVariable names must not contain white space or line breaks.";
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex Labels();
}
