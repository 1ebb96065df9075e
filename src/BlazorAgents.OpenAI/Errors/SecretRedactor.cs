namespace BlazorAgents.OpenAI.Errors;

/// <summary>Takes the provider's key out of texts: a server may echo it in an error.</summary>
public sealed class SecretRedactor(string? secret)
{
    private readonly string? _secret = secret is { Length: >= 4 } ? secret : null;

    /// <summary>True when <paramref name="text"/> contains the key.</summary>
    public bool Finds(string text) => _secret is not null && text.Contains(_secret, StringComparison.Ordinal);

    /// <summary>The text with each occurrence of the key replaced.</summary>
    public string Redact(string text) => _secret is null ? text : text.Replace(_secret, "[key]", StringComparison.Ordinal);

    /// <summary>The exception itself, or a copy of its text when it shows the key.</summary>
    public Exception Redact(Exception exception)
    {
        var text = exception.ToString();
        return Finds(text) ? new InvalidOperationException(Redact(text)) : exception;
    }
}
