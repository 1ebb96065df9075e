using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Wire;

/// <summary>An error as OpenAI writes it: {"error":{message,type,param,code}} with an HTTP status.</summary>
public sealed record ApiError(int Status, string Message, string Type = "invalid_request_error", string? Param = null, string? Code = null)
{
    /// <summary>The JSON body.</summary>
    public object Body => new { error = new { message = Message, type = Type, param = Param, code = Code } };

    /// <summary>404 for a model that is not served.</summary>
    public static ApiError ModelNotFound(string model) =>
        new(StatusCodes.Status404NotFound, $"The model `{model}` does not exist or you do not have access to it.", Code: "model_not_found");

    /// <summary>400 for a parameter that is absent.</summary>
    public static ApiError Missing(string param) =>
        new(StatusCodes.Status400BadRequest, $"Missing required parameter: '{param}'.", Param: param, Code: "missing_required_parameter");

    /// <summary>400 for a parameter of the wrong JSON type.</summary>
    public static ApiError WrongType(string param, string expected) =>
        new(StatusCodes.Status400BadRequest, $"Invalid type for '{param}': expected {expected}.", Param: param, Code: "invalid_type");

    /// <summary>400 for a parameter with a value that is not allowed.</summary>
    public static ApiError Invalid(string param, string message, string? code = "invalid_value") =>
        new(StatusCodes.Status400BadRequest, message, Param: param, Code: code);

    /// <summary>405 for a known path.</summary>
    public static ApiError MethodNotAllowed(Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        return new(StatusCodes.Status405MethodNotAllowed, $"Not allowed to {exchange.Method} on {exchange.Path}.", Code: "method_not_supported");
    }

    /// <summary>404 for a path that does not exist.</summary>
    public static ApiError UnknownUrl(Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        return new(StatusCodes.Status404NotFound, $"Invalid URL ({exchange.Method} {exchange.Path})", Code: "unknown_url");
    }

    internal Task WriteAsync(HttpResponse response, CancellationToken ct)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json";
        return response.Body.WriteAsync(WireJson.Bytes(Body), ct).AsTask();
    }
}
